import { context2d } from '../common/canvas.js';

/** @import { Point, Stroke } from './sketch.js' */

/** @typedef {[x: number, y: number, ...rest: number[]]} Place */

/**
 * A drawing as pixels: lines and colour hints each on a layer of their own, so that a hint can
 * never become a line.
 */
export class Layers {
  /**
   * @param {HTMLCanvasElement} lines
   * @param {HTMLCanvasElement} hints
   * @param {number} [lineWidth] width of lines as a part of the side; the stroke's own if missing
   */
  constructor(lines, hints, lineWidth) {
    // Lines of one width are for the model: their pixels are read, not shown.
    const settings = { willReadFrequently: lineWidth !== undefined };
    this.lines = context2d(lines, settings);
    this.hints = context2d(hints, settings);
    this.lineWidth = lineWidth;
    this.drawn = 0;
  }

  /**
   * @param {number} side in pixels
   * @param {number} [lineWidth]
   */
  static offscreen(side, lineWidth) {
    const canvas = () => document.createElement('canvas');
    const layers = new Layers(canvas(), canvas(), lineWidth);
    layers.resize(side);
    return layers;
  }

  get side() {
    return this.lines.canvas.width;
  }

  /** @param {number} side in pixels */
  resize(side) {
    for (const context of [this.lines, this.hints]) {
      context.canvas.width = side;
      context.canvas.height = side;
      context.lineCap = 'round';
      context.lineJoin = 'round';
    }
  }

  /**
   * Draws everything anew: what is finished looks the same however it came about.
   * @param {Stroke[]} strokes
   */
  redraw(strokes) {
    for (const context of [this.lines, this.hints]) context.clearRect(0, 0, this.side, this.side);
    for (const stroke of strokes) this.whole(stroke);
    this.drawn = 0;
  }

  /** @param {Stroke} stroke */
  whole(stroke) {
    const points = stroke.points;
    for (const context of this.targets(stroke)) {
      if (this.isDot(stroke)) {
        this.dot(context, stroke);
        continue;
      }
      let pressure = points[0][2];
      this.start(context, stroke, pressure, points[0]);
      points.forEach((point, index) => {
        if (index === 0) return;
        const [, corner, end] = Layers.piece(points, index);
        this.curve(context, corner, end);
        if (point[2] === pressure) return;
        context.stroke();
        pressure = point[2];
        this.start(context, stroke, pressure, end);
      });
      this.line(context, points[points.length - 1]);
      context.stroke();
    }
  }

  /**
   * Draws the pieces of an unfinished stroke that came since the last call. Every piece is drawn
   * together with the one before it, since single pieces would show as beads on a string. A line's
   * last half piece is left to whoever knows where the hand is; wide crayons go on to the point.
   * @param {Stroke} stroke
   */
  grow(stroke) {
    for (; this.drawn < stroke.points.length; this.drawn += 1) {
      const index = this.drawn;
      const point = stroke.points[index];
      for (const context of this.targets(stroke)) {
        context.lineCap = stroke.kind === 'line' ? 'butt' : 'round';
        if (index === 0) {
          this.disc(context, point, this.width(stroke, point[2]));
          continue;
        } else {
          const first = Layers.piece(stroke.points, Math.max(1, index - 1));
          this.start(context, stroke, point[2], first[0]);
          this.curve(context, first[1], first[2]);
          if (index > 1) {
            const [, corner, end] = Layers.piece(stroke.points, index);
            this.curve(context, corner, end);
          }
        }
        if (stroke.kind !== 'line') this.line(context, point);
        context.stroke();
        context.lineCap = 'round';
      }
    }
  }

  /**
   * A tap: on the model's lines also one with a finger that was not quite still, since so short a
   * line would be taken for a speck.
   * @param {Stroke} stroke
   */
  isDot({ kind, points }) {
    if (points.length === 1) return true;
    if (kind !== 'line' || this.lineWidth === undefined) return false;
    const [[x, y]] = points;
    return points.every((point) => Math.hypot(point[0] - x, point[1] - y) <= Layers.TAP);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Stroke} stroke
   */
  dot(context, stroke) {
    const [first] = stroke.points;
    const width = this.width(stroke, Math.max(...stroke.points.map((point) => point[2])));
    const isForModel = stroke.kind === 'line' && this.lineWidth !== undefined;
    this.disc(context, first, isForModel ? Math.max(width, Layers.DOT) : width);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Place} point
   * @param {number} width
   */
  disc(context, [x, y], width) {
    context.beginPath();
    context.arc(x * this.side, y * this.side, Math.max(1, width * this.side) / 2, 0, 2 * Math.PI);
    context.fill();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Stroke} stroke
   * @param {number} pressure
   * @param {Place} point
   */
  start(context, stroke, pressure, point) {
    context.lineWidth = Math.max(1, this.width(stroke, pressure) * this.side);
    context.beginPath();
    context.moveTo(point[0] * this.side, point[1] * this.side);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Place} corner
   * @param {Place} end
   */
  curve(context, corner, end) {
    const side = this.side;
    context.quadraticCurveTo(corner[0] * side, corner[1] * side, end[0] * side, end[1] * side);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Place} end
   */
  line(context, end) {
    context.lineTo(end[0] * this.side, end[1] * this.side);
  }

  /**
   * Where piece `index` starts, the point it bends towards, and its end.
   * @param {Point[]} points
   * @param {number} index
   * @returns {[Place, Place, Place]}
   */
  static piece(points, index) {
    const corner = points[index - 1];
    const start = index === 1 ? corner : Layers.middle(points[index - 2], corner);
    return [start, corner, Layers.middle(corner, points[index])];
  }

  /** @param {Stroke} stroke */
  targets(stroke) {
    const { lines, hints } = this;
    const contexts = { line: [lines], hint: [hints], erase: [lines, hints] }[stroke.kind];
    for (const context of contexts) {
      const erasing = stroke.kind === 'erase';
      context.globalCompositeOperation = erasing ? 'destination-out' : 'source-over';
      context.strokeStyle = (stroke.kind === 'hint' && stroke.color) || Layers.INK;
      context.fillStyle = context.strokeStyle;
    }
    return contexts;
  }

  /**
   * @param {Stroke} stroke
   * @param {number} pressure
   */
  width(stroke, pressure) {
    if (stroke.kind !== 'line') return stroke.width;
    return this.lineWidth ?? stroke.width * (0.4 + 1.2 * pressure);
  }

  /**
   * @param {Place} a
   * @param {Place} b
   * @returns {Place}
   */
  static middle(a, b) {
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  }
}

Layers.INK = '#23263a';
Layers.TAP = 3 / 256; // of the side: a finger that moves less only taps
Layers.DOT = 3 / 256; // the least width that the edge map keeps: as a ring of 5 px
