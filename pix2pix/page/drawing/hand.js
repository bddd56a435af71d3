import { Pointers } from './pointers.js';

/** @import { Contact, Handlers } from './pointers.js' */

/** What ends a line: the finger is lifted, or the browser takes it for something else. */
const TAKEN = /** @type {const} */ (['pointercancel', 'lostpointercapture']);

/** What a browser makes of a hand that draws: text is chosen, pictures are dragged, the page zooms. */
const NOT_HERE = ['contextmenu', 'selectstart', 'dragstart', 'dblclick', 'gesturestart'];

/**
 * Brings what fingers, pens and the mouse do on a surface to those who follow it, and keeps the
 * browser from doing something else with it.
 */
export class Hand {
  /**
   * @param {HTMLElement} surface
   * @param {Handlers} handlers
   * @param {{mayJoin?: boolean}} [options] see `Pointers`
   */
  constructor(surface, handlers, options) {
    this.surface = surface;
    this.pointers = new Pointers(handlers, options);
    surface.addEventListener('pointerdown', (event) => this.down(event));
    surface.addEventListener('pointermove', (event) => this.move(event));
    surface.addEventListener('pointerup', (event) => this.pointers.up(Hand.contact(event)));
    for (const type of TAKEN) {
      surface.addEventListener(type, (event) => this.pointers.up(Hand.contact(event), true));
    }
    for (const type of NOT_HERE) {
      surface.addEventListener(type, (event) => event.preventDefault());
    }
    // Scribble waits for a word to be written, and eats the quick second stroke of Apple's Pencil.
    surface.addEventListener('touchmove', (event) => event.preventDefault(), { passive: false });
  }

  /** @param {PointerEvent} event */
  down(event) {
    const isEraser = event.pointerType === 'pen' && event.button === Hand.ERASER;
    if (event.button !== 0 && !isEraser) return;
    // A button that lies on the surface is to be pressed.
    if (/** @type {Element} */ (event.target).closest('[data-action]')) return;
    this.surface.setPointerCapture(event.pointerId);
    this.pointers.down({ ...Hand.contact(event), isEraser });
  }

  /** @param {PointerEvent} event */
  move(event) {
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length ? all : [event]) this.pointers.move(Hand.contact(each));
  }

  /**
   * Goes on with a finger that came down elsewhere.
   * @param {PointerEvent} event
   */
  adopt(event) {
    this.surface.setPointerCapture(event.pointerId);
    this.pointers.adopt(Hand.contact(event));
  }

  /**
   * @param {PointerEvent} event
   * @returns {Contact}
   */
  static contact(event) {
    const { pointerId, pointerType, clientX, clientY, width, height, timeStamp } = event;
    const isPen = pointerType === 'pen';
    return {
      id: pointerId,
      kind: isPen || pointerType === 'touch' ? pointerType : 'mouse',
      x: clientX,
      y: clientY,
      size: Math.max(width, height),
      at: timeStamp,
      // Only a pen tells how hard it presses; everything else draws at the middle width.
      pressure: isPen ? event.pressure : 0.5,
      isEraser: false,
    };
  }
}

Hand.ERASER = 5; // the button that is the other end of a pen
