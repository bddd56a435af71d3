import { boxesOf } from './components.js';
import { filled } from './faces.js';
import { dilate, rectangle } from './morphology.js';
import { completeWheels } from './openwheels.js';
import {
  ellipseOf,
  findBeside,
  findPieces,
  joinPieces,
  maskWithin,
  roundnessOf,
  wholeOf,
  windowAround,
} from './pieces.js';
import { isOfPhoto, remembered } from './regions.js';

/** @import { Constants } from './constants.js' */
/** @import { Box } from './faces.js' */
/** @import { Ellipse, Piece } from './pieces.js' */

/**
 * Where a drawing has wheels: round parts near its lower end, mostly two of one size.
 *
 * @typedef {object} Wheel
 * @property {Uint8Array} mask with the lines that bound it
 * @property {Box} box
 * @property {Ellipse} shape of the whole wheel; of a half disc, that of the disc
 * @property {Ellipse | null} rim of a ring that is drawn within it
 * @property {number} least of its radius: as near to its middle the mask ends somewhere
 * @property {boolean} isOpen whether it is drawn as a hook, and so stands in the open
 */

/**
 * The wheels of a drawing, from left to right.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 * @returns {Wheel[]} not to be changed
 */
export function findWheels(edges, size, constants) {
  return remembered(edges, 'wheels', () => wheelsOf(edges, size, constants));
}

/**
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 * @returns {Wheel[]}
 */
function wheelsOf(edges, size, constants) {
  const lines = edges.map((tone) => (tone ? 0 : 1));
  if (!lines.includes(1) || isOfPhoto(edges, size, constants)) return [];
  const drawing = boxesOf(lines, size, 2)[1];
  const { labels, pieces } = findPieces(edges, size, lines, drawing, constants);
  const beside = findBeside(labels, lines, size, pieces.length);
  /** @type {Map<string, Piece>} */
  const found = new Map();
  for (const piece of pieces) {
    for (const group of grownGroups(piece, pieces, beside, constants)) {
      if (!mayBeWheel(group, drawing, constants)) continue;
      found.set([...group.labels].sort((one, other) => one - other).join(), group);
    }
  }
  const ranked = [...found.values()].sort(
    (one, other) => worthOf(other, constants) - worthOf(one, constants) || one.left - other.left,
  );
  /** @type {Piece[]} */
  const chosen = [];
  for (const group of ranked) {
    const isNew = chosen.every((other) => ![...group.labels].some((at) => other.labels.has(at)));
    if (isNew && isRound(group, constants)) chosen.push(group);
  }
  const free = ranked.filter((each) => standsFree(each, labels, lines, size, drawing, constants));
  const wheels = wheelsTogether(chosen, drawing, constants);
  const closed = withCompany(wheels, chosen, free, drawing.height, constants)
    .sort((one, other) => one.left - other.left)
    .map((group) => wheelOf(group, labels, lines, size, pieces, beside, constants));
  return completeWheels(edges, size, closed, constants);
}

/**
 * A piece, then it with the neighbour that makes it roundest, and so on.
 * @param {Piece} piece
 * @param {Piece[]} pieces
 * @param {Set<number>[]} beside
 * @param {Constants} constants
 */
function grownGroups(piece, pieces, beside, { wheels }) {
  const groups = [piece];
  let group = piece;
  while (groups.length < wheels.MOST_PIECES) {
    const near = new Set([...group.labels].flatMap((label) => [...beside[label]]));
    const more = [...near]
      .filter((label) => label && !group.labels.has(label))
      .sort((one, other) => one - other)
      .map((label) => joinPieces(group, pieces[label - 1]));
    if (!more.length) break;
    group = more.reduce((best, each) =>
      roundnessOf(each.sums[0], ellipseOf(each)) > roundnessOf(best.sums[0], ellipseOf(best))
        ? each
        : best,
    );
    groups.push(group);
  }
  return groups;
}

/**
 * Half a disc?
 * @param {Piece} group
 * @param {Constants} constants
 */
function isHalfDisc(group, { pieces }) {
  const [wide, high, rounder] = pieces.HALF;
  const [width, height] = [group.right - group.left + 1, group.bottom - group.top + 1];
  const [area, , y] = group.sums;
  const isLike = width > wide * height && y / area - group.top < high * height;
  const half = roundnessOf(2 * area, wholeOf(group));
  return isLike && half > roundnessOf(area, ellipseOf(group)) + rounder;
}

/**
 * How round a group is, or the disc of which it is a half.
 * @param {Piece} group
 * @param {Constants} constants
 */
function discLikeness(group, constants) {
  const [area] = group.sums;
  return isHalfDisc(group, constants)
    ? roundnessOf(2 * area, wholeOf(group))
    : roundnessOf(area, ellipseOf(group));
}

/**
 * @param {Piece} group
 * @param {Constants} constants
 */
function worthOf(group, constants) {
  const { GREATER, HALVED, OPEN } = constants.wheels;
  const guessed = (group.isOpen ? OPEN : 0) + (isHalfDisc(group, constants) ? HALVED : 0);
  return discLikeness(group, constants) - guessed + GREATER * Math.log2(group.sums[0]);
}

/**
 * @param {Piece} group
 * @param {Box} drawing
 * @param {Constants} constants
 */
function mayBeWheel(group, { top, width, height }, constants) {
  const { SMALLEST, LONG, LOW, FREE } = constants.wheels;
  const [wide, tall] = [group.right - group.left + 1, group.bottom - group.top + 1];
  const long = Math.max(wide, tall);
  return (
    long >= Math.max(SMALLEST[0], SMALLEST[1] * width) &&
    long <= constants.pieces.WIDEST * width &&
    long <= LONG * Math.min(wide, tall) &&
    group.bottom >= top + height - LOW * height &&
    discLikeness(group, constants) >= FREE
  );
}

/**
 * @param {Piece} group
 * @param {Constants} constants
 */
function isRound(group, constants) {
  const { ROUND, OPEN } = constants.wheels;
  return discLikeness(group, constants) >= ROUND + (group.isOpen ? OPEN : 0);
}

/**
 * Has a group's lower half no lines beside and below it but those that bound it?
 * @param {Piece} group
 * @param {Int32Array} labels
 * @param {Uint8Array} lines
 * @param {number} size
 * @param {Box} drawing
 * @param {Constants} constants
 */
function standsFree(group, labels, lines, size, drawing, { wheels }) {
  const left = Math.max(0, group.left - wheels.ASIDE);
  const top = Math.floor((group.top + group.bottom) / 2) - (wheels.NEAR >> 1);
  const width = Math.min(size, group.right + wheels.ASIDE + 1) - left;
  const window = { left, top, width, height: drawing.top + drawing.height - top };
  const within = maskWithin(labels, size, window, (label) => group.labels.has(label));
  const around = dilate(within, width, window.height, rectangle(wheels.NEAR));
  const near = maskWithin(lines, size, window, (isLine) => isLine > 0);
  return near.every((isLine, at) => at < (wheels.NEAR >> 1) * width || !isLine || around[at]);
}

/**
 * Wheels and less round parts that stand free by them; such a part needs no rounder wheel.
 * @param {Piece[]} wheels
 * @param {Piece[]} groups which they were chosen from
 * @param {Piece[]} free what stands free, the best first
 * @param {number} height of the drawing
 * @param {Constants} constants
 */
function withCompany(wheels, groups, free, height, constants) {
  const found = wheels.length
    ? [...wheels]
    : groups.slice(0, 1).filter((group) => free.includes(group));
  for (const group of free) {
    const isApart = found.every((each) => group.left > each.right || each.left > group.right);
    if (isApart && found.some((each) => areAlike(group, each, height, constants))) {
      found.push(group);
    }
  }
  return wheels.length || found.length > 1 ? found : [];
}

/**
 * The two that are most like a pair and others like them; or else one that is very round.
 * @param {Piece[]} groups
 * @param {Box} drawing
 * @param {Constants} constants
 */
function wheelsTogether(groups, { top, height }, constants) {
  const { ALONE, LOWER, ROUGHER } = constants.wheels;
  /** @type {[Piece, Piece] | null} */
  let pair = null;
  let most = Number.NEGATIVE_INFINITY;
  groups.forEach((one, place) => {
    for (const other of groups.slice(place + 1)) {
      if (!areAlike(one, other, height, constants)) continue;
      const likeness = pairLikeness(one, other, height, constants);
      if (likeness > most) [most, pair] = [likeness, [one, other]];
    }
  });
  if (!pair) {
    const low = top + height - LOWER * height;
    const isLow = (/** @type {Piece} */ one) => one.bottom >= low;
    return groups.slice(0, 1).filter((one) => isLow(one) && discLikeness(one, constants) >= ALONE);
  }
  const both = /** @type {[Piece, Piece]} */ (pair);
  const least = Math.min(...both.map((group) => discLikeness(group, constants))) - ROUGHER;
  return groups.filter(
    (group) =>
      both.includes(group) ||
      (discLikeness(group, constants) >= least &&
        both.some((each) => areAlike(group, each, height, constants))),
  );
}

/**
 * Are two round parts of one size, and do they stand beside each other?
 * @param {Piece} one
 * @param {Piece} other
 * @param {number} height of the drawing
 * @param {Constants} constants
 */
function areAlike(one, other, height, { wheels }) {
  const [less, more] = [one.sums[0], other.sums[0]].sort((a, b) => a - b);
  return (
    more <= wheels.LIKE * wheels.LIKE * less &&
    Math.abs(one.bottom - other.bottom) <= wheels.LEVEL * height &&
    (one.left > other.right || other.left > one.right)
  );
}

/**
 * @param {Piece} one
 * @param {Piece} other
 * @param {number} height of the drawing
 * @param {Constants} constants
 */
function pairLikeness(one, other, height, constants) {
  const unlike = Math.abs(Math.log2(one.sums[0] / other.sums[0])) / 2;
  return (
    discLikeness(one, constants) +
    discLikeness(other, constants) -
    constants.wheels.UNLIKE * unlike +
    (one.bottom + other.bottom) / height -
    Math.abs(one.bottom - other.bottom) / height
  );
}

/**
 * @param {Piece} group
 * @param {Int32Array} labels
 * @param {Uint8Array} lines
 * @param {number} size
 * @param {Piece[]} pieces
 * @param {Set<number>[]} beside
 * @param {Constants} constants
 * @returns {Wheel}
 */
function wheelOf(group, labels, lines, size, pieces, beside, constants) {
  const { left, top, right, bottom } = group;
  const ends = { left, top, width: right - left + 1, height: bottom - top + 1 };
  const window = windowAround(ends, 2, size); // with its lines, and what is outside them
  const { width, height } = window;
  const inside = maskWithin(labels, size, window, (label) => group.labels.has(label));
  const around = dilate(inside, width, height, rectangle(3));
  const near = maskWithin(lines, size, window, (isLine) => isLine > 0);
  for (let at = 0; at < inside.length; at += 1) inside[at] |= around[at] & near[at];
  const whole = filled(inside, width, height);
  const mask = new Uint8Array(size * size);
  for (let row = 0; row < height; row += 1) {
    const line = whole.subarray(row * width, (row + 1) * width);
    mask.set(line, (window.top + row) * size + window.left);
  }
  const box = boxesOf(mask, size, 2)[1];
  const shape = isHalfDisc(group, constants) ? wholeOf(group) : ellipseOf(group);
  const rim = rimWithin(group, shape, pieces, beside, constants);
  const least = leastRadius(mask, size, box, shape);
  return { mask, box, shape, rim, least, isOpen: false };
}

/**
 * How near to a shape's middle a mask ends, in the shape's radii; above a half disc, anyhow.
 * @param {Uint8Array} mask
 * @param {number} size
 * @param {Box} box
 * @param {Ellipse} shape
 */
function leastRadius(mask, size, { left, top, width, height }, shape) {
  const startY = Math.max(top - 1, shape.y <= top ? Math.ceil(shape.y) : 0, 0);
  const still = shape.across * shape.along - shape.aslant * shape.aslant;
  let least = Number.POSITIVE_INFINITY;
  for (let row = startY; row <= Math.min(size - 1, top + height); row += 1) {
    for (let column = Math.max(left - 1, 0); column <= Math.min(size - 1, left + width); column++) {
      if (mask[row * size + column]) continue;
      const [x, y] = [column - shape.x, row - shape.y];
      const far = shape.along * x * x - 2 * shape.aslant * x * y + shape.across * y * y;
      if (far < least) least = far;
    }
  }
  return still <= 0 || !Number.isFinite(least) ? 1 : Math.sqrt(least / (4 * still));
}

/**
 * The ring drawn within a wheel: pieces that touch nothing outside it.
 * @param {Piece} group
 * @param {Ellipse} shape
 * @param {Piece[]} pieces
 * @param {Set<number>[]} beside
 * @param {Constants} constants
 */
function rimWithin(group, shape, pieces, beside, { wheels }) {
  const within = [...group.labels]
    .sort((one, other) => one - other)
    .filter((label) => [...beside[label]].every((other) => group.labels.has(other)))
    .map((label) => pieces[label - 1]);
  if (!within.length || within.length === group.labels.size) return null;
  const hub = within.reduce(joinPieces);
  const ellipse = ellipseOf(hub);
  const radius = Math.sqrt(2 * (shape.across + shape.along));
  const apart = Math.hypot(ellipse.x - shape.x, ellipse.y - shape.y);
  const [LEAST, MOST] = wheels.HUB;
  const [area, whole] = [hub.sums[0], group.sums[0]];
  const isSized = LEAST * whole <= area && area <= MOST * whole;
  return apart <= wheels.CENTRED * radius && isSized ? ellipse : null;
}
