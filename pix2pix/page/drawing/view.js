/** @import { Contact } from './pointers.js' */

/**
 * Which part of the paper is seen: how many times its size, and where its corner lies, in parts of
 * the frame's side.
 */
export class View {
  constructor() {
    this.zoom = 1;
    this.x = 0;
    this.y = 0;
    /** @type {{zoom: number, x: number, y: number, length: number} | null} when a pinch began */
    this.start = null;
  }

  get isWhole() {
    return this.zoom === 1;
  }

  whole() {
    this.zoom = 1;
    this.x = 0;
    this.y = 0;
  }

  /**
   * Two fingers begin to pinch: what lies between them is to stay there.
   * @param {[Contact, Contact]} pair
   * @param {DOMRect} frame
   */
  begin(pair, frame) {
    const { x, y, length } = View.spread(pair, frame);
    const { zoom } = this;
    this.start = { zoom, x: (x - this.x) / zoom, y: (y - this.y) / zoom, length };
  }

  /**
   * @param {[Contact, Contact]} pair
   * @param {DOMRect} frame
   */
  pinch(pair, frame) {
    if (!this.start) return;
    const { x, y, length } = View.spread(pair, frame);
    const zoom = (this.start.zoom * length) / this.start.length;
    this.zoom = Math.min(View.MOST, Math.max(1, zoom));
    /** @param {number} corner without a bare place beside the paper */
    const within = (corner) => Math.min(0, Math.max(1 - this.zoom, corner));
    this.x = within(x - this.start.x * this.zoom);
    this.y = within(y - this.start.y * this.zoom);
  }

  /** A view that is all but the whole is meant as that. */
  settle() {
    if (this.zoom < View.LEAST) this.whole();
  }

  /** As CSS, for a sheet whose origin is its corner. */
  toString() {
    return `translate(${100 * this.x}%, ${100 * this.y}%) scale(${this.zoom})`;
  }

  /**
   * @param {[Contact, Contact]} pair
   * @param {DOMRect} frame
   */
  static spread([one, other], { left, top, width, height }) {
    return {
      x: ((one.x + other.x) / 2 - left) / width,
      y: ((one.y + other.y) / 2 - top) / height,
      length: Math.max(1, Math.hypot(one.x - other.x, one.y - other.y)),
    };
  }
}

View.MOST = 5;
View.LEAST = 1.08;
