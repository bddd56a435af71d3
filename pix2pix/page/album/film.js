import { newCanvas } from '../common/canvas.js';
import { Layers } from '../drawing/layers.js';
import { Snapshots } from './snapshots.js';

/** @import { Stroke } from '../drawing/sketch.js' */

/** How a drawing grew, as frames: the drawing on the left, its picture on the right. */
export class Film {
  /**
   * @param {Stroke[]} strokes
   * @param {{points: number, image: CanvasImageSource}[]} snapshots in the order of their points; the
   *   last one is the finished picture
   */
  constructor(strokes, snapshots) {
    this.strokes = strokes;
    this.snapshots = snapshots;
    this.points = Snapshots.points(strokes);
    this.layers = Layers.offscreen(Film.SIDE);
  }

  /** However long it took to draw: 4 to 8 seconds, and a while to look at the end. */
  get seconds() {
    return Math.min(8, Math.max(4, this.points / 80)) + Film.REST;
  }

  static canvas() {
    const { SIDE, MARGIN } = Film;
    return newCanvas(2 * SIDE + 3 * MARGIN, SIDE + 2 * MARGIN)[0];
  }

  /**
   * Draws what there is to see at `time`, from 0 to 1.
   * @param {CanvasRenderingContext2D} context
   * @param {number} time
   */
  draw(context, time) {
    const { SIDE, MARGIN } = Film;
    const grown = Math.min(1, (time * this.seconds) / (this.seconds - Film.REST));
    const points = Math.round(grown * this.points);
    context.fillStyle = Film.BACKGROUND;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    this.card(context, MARGIN, () => this.drawing(context, points, MARGIN));
    const right = 2 * MARGIN + SIDE;
    this.card(context, right, () => this.picture(context, points, right));
  }

  /**
   * The last one that was seen by then; before there was any, the first one slowly shows.
   * @param {CanvasRenderingContext2D} context
   * @param {number} points
   * @param {number} left
   */
  picture(context, points, left) {
    const [first] = this.snapshots;
    const snapshot = this.snapshots.findLast((each) => each.points <= points) ?? first;
    if (!snapshot) return;
    context.globalAlpha = points < first.points ? (0.5 * points) / first.points : 1;
    context.drawImage(snapshot.image, left, Film.MARGIN, Film.SIDE, Film.SIDE);
    context.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} points
   * @param {number} left
   */
  drawing(context, points, left) {
    const { MARGIN } = Film;
    this.layers.redraw(Film.until(this.strokes, points));
    context.globalAlpha = 0.6;
    context.drawImage(this.layers.hints.canvas, left, MARGIN);
    context.globalAlpha = 1;
    context.drawImage(this.layers.lines.canvas, left, MARGIN);
  }

  /**
   * The first `points` points of the strokes.
   * @param {Stroke[]} strokes
   * @param {number} points
   */
  static until(strokes, points) {
    /** @type {Stroke[]} */
    const grown = [];
    for (const stroke of strokes) {
      if (points <= 0) break;
      grown.push({ ...stroke, points: stroke.points.slice(0, points) });
      points -= stroke.points.length;
    }
    return grown;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} left
   * @param {() => void} paint
   */
  card(context, left, paint) {
    const { SIDE, MARGIN } = Film;
    context.save();
    context.beginPath();
    context.roundRect(left, MARGIN, SIDE, SIDE, 20);
    context.fillStyle = '#ffffff';
    context.fill();
    context.clip();
    paint();
    context.restore();
    context.lineWidth = 2.5;
    context.strokeStyle = Layers.INK;
    context.beginPath();
    context.roundRect(left, MARGIN, SIDE, SIDE, 20);
    context.stroke();
  }
}

Film.SIDE = 320; // px
Film.MARGIN = 16;
Film.REST = 1.6; // s
Film.BACKGROUND = '#f3e4c8';
