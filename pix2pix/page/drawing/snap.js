/** @import { Point, Stroke } from './sketch.js' */

/**
 * An end of a line: where it is, and which way the hand was going there, as a vector of length 1.
 *
 * @typedef {{point: Point, way: [x: number, y: number]}} End
 */

/** Closes the gaps that a small hand leaves: ends of lines that nearly meet. */
export const Snap = {
  LEAST: 0.03, // of the paper's side: a gap that closes with any pen
  WIDTHS: 1.5, // and one that is narrower than so many widths of the pen
  SHARE: 0.25, // of a line's own length, or a dash would bite its tail
  ALIKE: 0.87, // cosine above which two ends go side by side, as hairs do

  /**
   * The stroke, with a short way to each end that it all but reaches.
   * @param {Stroke} stroke
   * @param {Stroke[]} before all that was drawn before it, in turn
   * @returns {Stroke}
   */
  close(stroke, before) {
    if (stroke.kind !== 'line' || stroke.points.length < 2) return stroke;
    const reach = Math.max(Snap.LEAST, Snap.WIDTHS * stroke.width);
    const open = Snap.openEnds(before);
    const first = Snap.end(stroke.points.toReversed());
    const last = Snap.end(stroke.points);
    if (Snap.closesItself(stroke, first, last, reach)) {
      return Snap.joined(stroke, null, first.point);
    }
    /** @param {End} end */
    const near = (end) => Snap.nearest(stroke, end, open, reach);
    const [from, to] = [near(first), near(last)];
    return Snap.joined(stroke, from, from === to ? null : to);
  },

  /**
   * @param {Stroke} stroke
   * @param {Point | null} from
   * @param {Point | null} to
   * @returns {Stroke}
   */
  joined(stroke, from, to) {
    /**
     * @param {Point | null} place
     * @param {Point | undefined} beside has the pressure
     * @returns {Point[]}
     */
    const piece = (place, beside) => (place && beside ? [[place[0], place[1], beside[2]]] : []);
    const { points } = stroke;
    const [start, end] = [piece(from, points[0]), piece(to, points.at(-1))];
    return start.length + end.length
      ? { ...stroke, points: [...start, ...points, ...end] }
      : stroke;
  },

  /**
   * @param {Stroke} stroke
   * @param {End} first
   * @param {End} last
   * @param {number} reach
   */
  closesItself({ points, width }, first, last, reach) {
    const gap = Snap.far(first.point, last.point);
    const length = points.reduce((sum, point, at) => sum + Snap.far(point, points[at - 1]), 0);
    if (gap > reach || gap > Snap.SHARE * length) return false;
    // Where it has come round and gone on, nothing is open.
    return !Snap.touches(Snap.beyond(points, 2 * reach), first.point, width);
  },

  /**
   * The nearest end of another line that this one does not meet yet.
   * @param {Stroke} stroke
   * @param {End} end
   * @param {{end: End, stroke: Stroke}[]} open
   * @param {number} reach
   * @returns {Point | null}
   */
  nearest(stroke, end, open, reach) {
    const near = open
      .map((other) => ({ ...other, gap: Snap.far(other.end.point, end.point) }))
      .filter(({ gap }) => gap <= reach)
      .sort((one, other) => one.gap - other.gap);
    const meets = near.some(
      (other) =>
        Snap.touches(stroke.points, other.end.point, stroke.width) ||
        Snap.touches(other.stroke.points, end.point, stroke.width),
    );
    if (meets) return null;
    /** @param {End} other */
    const isBeside = ({ way }) => way[0] * end.way[0] + way[1] * end.way[1] > Snap.ALIKE;
    return near.find((other) => !isBeside(other.end))?.end.point ?? null;
  },

  /**
   * Both ends of every line, unless rubbed out.
   * @param {Stroke[]} strokes
   * @returns {{end: End, stroke: Stroke}[]}
   */
  openEnds(strokes) {
    return strokes.flatMap((stroke, turn) => {
      if (stroke.kind !== 'line' || stroke.points.length < 2) return [];
      const erasers = strokes.slice(turn + 1).filter(({ kind }) => kind === 'erase');
      return [stroke.points.toReversed(), stroke.points]
        .map((points) => ({ end: Snap.end(points), stroke }))
        .filter(
          ({ end }) =>
            !erasers.some((each) => Snap.touches(each.points, end.point, each.width / 2)),
        );
    });
  },

  /**
   * The last of these points, and the way that leads there.
   * @param {Point[]} points
   * @returns {End}
   */
  end(points) {
    const point = points[points.length - 1];
    const before = points.findLast((each) => Snap.far(each, point) >= Snap.LEAST / 2) ?? points[0];
    const length = Snap.far(before, point) || 1;
    return { point, way: [(point[0] - before[0]) / length, (point[1] - before[1]) / length] };
  },

  /**
   * What is left of a line after some of its length.
   * @param {Point[]} points
   * @param {number} length
   */
  beyond(points, length) {
    let gone = 0;
    const from = points.findIndex((point, at) => {
      gone += Snap.far(point, points[at - 1]);
      return gone > length;
    });
    return from < 0 ? [] : points.slice(from);
  },

  /**
   * Whether a line comes as near to a place as `within`.
   * @param {Point[]} points
   * @param {Point} place
   * @param {number} within
   */
  touches(points, [x, y], within) {
    return points.some(([toX, toY], at) => {
      const [fromX, fromY] = points[Math.max(0, at - 1)];
      const [alongX, alongY] = [toX - fromX, toY - fromY];
      const length = alongX ** 2 + alongY ** 2;
      const part = length ? ((x - fromX) * alongX + (y - fromY) * alongY) / length : 0;
      const share = Math.min(1, Math.max(0, part));
      return Math.hypot(fromX + share * alongX - x, fromY + share * alongY - y) <= within;
    });
  },

  /**
   * @param {Point} one
   * @param {Point | undefined} other
   */
  far(one, other) {
    return other ? Math.hypot(one[0] - other[0], one[1] - other[1]) : 0;
  },
};
