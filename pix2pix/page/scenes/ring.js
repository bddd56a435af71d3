/** @import { Place } from './board.js' */

/**
 * A box on a board, in px: its middle and its sides.
 *
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 */

/**
 * Finds places for round buttons about a thing: evenly round it, in their order from its lower left
 * corner clockwise, so that each is found again beside the same neighbours. Where the board ends, or
 * something is to stay free, they move together, then to a second ring, and on the thing itself
 * only when nothing else is left.
 */
export const Ring = {
  GAP: 4, // px between two buttons
  STEP: 4, // px from one place that is tried to the next

  /**
   * The middles of the buttons, in px.
   * @param {Box} thing
   * @param {{width: number, height: number}} board
   * @param {{count: number, side: number, free: Place[]}} buttons free: middles of other things that
   *   a finger is to find, as large as a button
   * @returns {Place[]}
   */
  about(thing, board, { count, side, free }) {
    const pitch = side + Ring.GAP;
    /** @param {Place} place */
    const isFree = ([x, y]) =>
      Math.min(x, y, board.width - x, board.height - y) >= side / 2 &&
      free.every((other) => Ring.far(other, [x, y]) >= side);
    const rings = Ring.offsets(thing, pitch).map((by) => Ring.path(thing, by).filter(isFree));
    /** @type {Place[]} */
    let found = [];
    for (let spacing = Ring.widest(thing, pitch, count); spacing >= pitch; spacing -= 2) {
      found = Ring.walk(rings[0], spacing, []);
      if (found.length >= count) break;
    }
    for (const ring of rings.slice(1)) {
      if (found.length < count) found = Ring.walk(ring, pitch, found);
    }
    /** @param {Place} place clockwise from the lower left corner, 0 to 2π */
    const turn = ([x, y]) => {
      const from = Math.atan2(thing.height, -thing.width);
      return (Math.atan2(y - thing.y, x - thing.x) - from + 4 * Math.PI) % (2 * Math.PI);
    };
    return found.slice(0, count).sort((one, other) => turn(one) - turn(other));
  },

  /**
   * How far outside of the thing's rim the rings are, in turn: beside it, and then within.
   * @param {Box} thing
   * @param {number} pitch
   */
  offsets({ width, height }, pitch) {
    const within = Math.floor(Math.min(width, height) / pitch);
    return [
      ...[0.5, 1.5, 2.5, 0].map((times) => times * pitch),
      ...Array.from({ length: within }, (_, turn) => -(turn + 1) * (pitch / 2)),
    ];
  },

  /**
   * The spacing at which as many fill the first ring.
   * @param {Box} thing
   * @param {number} pitch
   * @param {number} count
   */
  widest({ width, height }, pitch, count) {
    return Math.max(pitch, (2 * (width + height + 2 * pitch)) / count);
  },

  /**
   * Places on a ring, from its lower left corner clockwise.
   * @param {Box} thing
   * @param {number} offset
   * @returns {Place[]}
   */
  path({ x, y, width, height }, offset) {
    const [across, down] = [width / 2 + offset, height / 2 + offset];
    /** @type {[number, number][]} */
    const corners = [
      [x - across, y + down],
      [x - across, y - down],
      [x + across, y - down],
      [x + across, y + down],
    ];
    return corners.flatMap(([fromX, fromY], side) => {
      const [toX, toY] = corners[(side + 1) % 4];
      const steps = Math.ceil(Ring.far([fromX, fromY], [toX, toY]) / Ring.STEP);
      return Array.from({ length: steps }, (_, step) => {
        const part = step / steps;
        return /** @type {Place} */ ([fromX + part * (toX - fromX), fromY + part * (toY - fromY)]);
      });
    });
  },

  /**
   * As many of these places as keep their distance from each other and from those taken already.
   * @param {Place[]} places
   * @param {number} spacing
   * @param {Place[]} taken
   */
  walk(places, spacing, taken) {
    const all = [...taken];
    for (const place of places) {
      if (all.every((other) => Ring.far(other, place) >= spacing)) all.push(place);
    }
    return all;
  },

  /**
   * @param {Place} one
   * @param {Place} other
   */
  far([x, y], [otherX, otherY]) {
    return Math.hypot(x - otherX, y - otherY);
  },
};
