import { boxesOf, connectedComponents } from './components.js';
import { dilate, rectangle } from './morphology.js';
import { flood } from './regions.js';

/** @import { Constants } from './constants.js' */
/** @import { Box } from './faces.js' */
/** @import { Wheel } from './wheels.js' */

/**
 * Adds the wheels that are drawn open, hooks and stubs of a line, each as large as a closed one.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Wheel[]} wheels those that are closed
 * @param {Constants} constants
 */
export function completeWheels(edges, size, wheels, constants) {
  if (!wheels.length) return wheels;
  const found = [...wheels];
  for (const box of looseBoxes(edges, size, wheels, constants)) {
    const unlike = (/** @type {Wheel} */ wheel) => Math.abs(wheel.box.height - box.height);
    const like = wheels.reduce((best, each) => (unlike(each) < unlike(best) ? each : best));
    if (!isHook(box, like.box, wheels.length === 1, constants)) continue;
    const wheel = movedWheel(like, box, size);
    if (found.every((other) => areApart(wheel, other, constants))) found.push(wheel);
  }
  return found.sort((one, other) => one.box.left - other.box.left);
}

/**
 * The boxes of lines that bound nothing, from left to right.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Wheel[]} wheels
 * @param {Constants} constants
 */
function looseBoxes(edges, size, wheels, { regions }) {
  const loose = edges.map((tone) => (tone ? 0 : 1));
  for (const gap of [1, regions.HAND_GAP]) {
    const { enclosed } = flood(edges, size, gap, true);
    const near = dilate(enclosed, size, size, rectangle(gap + 2));
    for (let at = 0; at < near.length; at += 1) if (near[at]) loose[at] = 0;
  }
  for (const { mask } of wheels) {
    for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) loose[at] = 0;
  }
  const top = Math.min(...wheels.map(({ box }) => box.top - box.height));
  loose.fill(0, 0, Math.max(0, top) * size);
  const { labels, count } = connectedComponents(loose, size, size, 8);
  return boxesOf(labels, size, count + 1)
    .slice(1)
    .sort(
      (one, other) =>
        one.left - other.left ||
        one.top - other.top ||
        one.width - other.width ||
        one.height - other.height,
    );
}

/**
 * @param {Box} box
 * @param {Box} like
 * @param {boolean} isAlone
 * @param {Constants} constants
 */
function isHook({ top, width, height }, like, isAlone, { openWheels }) {
  const { BROAD, LEVEL, SIZE } = openWheels;
  return (
    height >= SIZE[0] * like.height &&
    height <= SIZE[1] * like.height &&
    (isAlone || width >= BROAD * like.width) &&
    width <= SIZE[1] * like.width &&
    Math.abs(top - like.top) <= LEVEL * like.height &&
    Math.abs(top + height - like.top - like.height) <= LEVEL * like.height
  );
}

/**
 * A wheel's whole shape, hung where a hook is.
 * @param {Wheel} wheel
 * @param {Box} hook
 * @param {number} size
 * @returns {Wheel}
 */
function movedWheel({ shape, box }, { left, top, width }, size) {
  const { across, aslant, along } = shape;
  const [x, y] = [left + (width - 1) / 2, shape.y + top - box.top];
  const still = across * along - aslant * aslant;
  const mask = new Uint8Array(size * size);
  for (let at = top * size; at < mask.length; at += 1) {
    const [right, down] = [(at % size) - x, Math.floor(at / size) - y];
    const far = along * right * right - 2 * aslant * right * down + across * down * down;
    if (far <= 4 * still) mask[at] = 1;
  }
  const moved = { x, y, across, aslant, along };
  return { mask, box: boxesOf(mask, size, 2)[1], shape: moved, rim: null, least: 1, isOpen: true };
}

/**
 * @param {Wheel} one
 * @param {Wheel} other
 * @param {Constants} constants
 */
function areApart(one, other, { openWheels }) {
  const far = Math.abs(one.shape.x - other.shape.x);
  return far >= (openWheels.APART * (one.box.width + other.box.width)) / 2;
}
