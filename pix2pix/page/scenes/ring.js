/** @import { Place } from './board.js' */

/**
 * A box on a board, in px: its middle and its sides.
 *
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 */

/**
 * Finds places for round buttons about a thing: evenly round it, in their order from its lower left
 * corner clockwise, so that each is found again beside the same neighbours. Where the board ends, or
 * something is to stay free, they move together, then to a wider ring or a second one, and on the
 * thing itself only when nothing else is left.
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
    /** @param {number} offset */
    const ring = (offset) => Ring.path(thing, offset).filter(isFree);
    let found = Ring.inOne(thing, ring, pitch, count) ?? Ring.inMany(thing, ring, pitch);
    if (found.length < count) found = Ring.walk(Ring.all(board).filter(isFree), pitch, found);
    /** @param {Place} place clockwise from the lower left corner, 0 to 2π */
    const turn = ([x, y]) => {
      const from = Math.atan2(thing.height, -thing.width);
      return (Math.atan2(y - thing.y, x - thing.x) - from + 4 * Math.PI) % (2 * Math.PI);
    };
    return found.slice(0, count).sort((one, other) => turn(one) - turn(other));
  },

  /**
   * All of them on the narrowest ring that has room, as far from each other as they can be.
   * @param {Box} thing
   * @param {(offset: number) => Place[]} ring what is free of it
   * @param {number} pitch
   * @param {number} count
   */
  inOne({ width, height }, ring, pitch, count) {
    for (const times of [0.5, 0.75, 1, 1.25]) {
      const places = ring(times * pitch);
      const around = 2 * (width + height + 4 * times * pitch);
      for (let spacing = around / count; spacing >= pitch; spacing -= 2) {
        const found = Ring.walk(places, spacing, []);
        if (found.length >= count) return found;
      }
    }
    return null;
  },

  /**
   * As many as there is room for, on one ring after the other: beside the thing, and then within.
   * @param {Box} thing
   * @param {(offset: number) => Place[]} ring
   * @param {number} pitch
   */
  inMany({ width, height }, ring, pitch) {
    const within = Math.floor(Math.min(width, height) / pitch);
    const inner = Array.from({ length: within }, (_, turn) => (-(turn + 1) * pitch) / 2);
    const offsets = [0.5 * pitch, 1.5 * pitch, 2.5 * pitch, 0, ...inner];
    /** @type {Place[]} */
    const none = [];
    return offsets.reduce((found, offset) => Ring.walk(ring(offset), pitch, found), none);
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
   * Places all over a board, from its upper left corner.
   * @param {{width: number, height: number}} board
   * @returns {Place[]}
   */
  all({ width, height }) {
    const [across, down] = [width, height].map((side) => Math.floor(side / Ring.STEP));
    return Array.from({ length: across * down }, (_, turn) => [
      (turn % across) * Ring.STEP,
      Math.floor(turn / across) * Ring.STEP,
    ]);
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
