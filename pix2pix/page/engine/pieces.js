import { connectedComponents } from './components.js';
import { boxesOf } from './faces.js';
import { dilate, rectangle } from './morphology.js';
import { toTheLines } from './regions.js';

/** @import { Constants } from './constants.js' */
/** @import { Box } from './faces.js' */

/**
 * The ellipse that has the moments of a part: its middle, and the variances of its pixels' places.
 * @typedef {{x: number, y: number, across: number, aslant: number, along: number}} Ellipse
 */

/**
 * What lines bound: one piece, or several together.
 * @typedef {object} Piece
 * @property {Set<number>} labels
 * @property {number} left first column
 * @property {number} top
 * @property {number} right last column
 * @property {number} bottom
 * @property {number[]} sums of 1, x, y, x², xy and y² over its pixels
 * @property {boolean} isOpen whether lines leave a gap
 */

/**
 * The small pieces between lines at a drawing's lower end, numbered from 1.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Uint8Array} lines
 * @param {Box} drawing
 * @param {Constants} constants
 */
export function findPieces(edges, size, lines, drawing, constants) {
  const { GAPS, SLIVERS } = constants.wheels;
  const labels = new Int32Array(edges.length);
  /** @type {Piece[]} */
  const pieces = [];
  for (const gap of [1, ...GAPS]) {
    const walls = gap > 1 ? dilate(lines, size, size, rectangle(gap)) : lines;
    const inside = walls.map((isWall, at) => (isWall || labels[at] ? 0 : 1));
    const parts = connectedComponents(inside, size, size, 4);
    const boxes = boxesOf(parts.labels, size, parts.areas.length);
    const order = boxes
      .map((box, part) => ({ part, ...box, area: parts.areas[part] }))
      .slice(1)
      .filter((piece) => isSmallPiece(piece, drawing, gap, constants))
      .sort(
        (one, other) =>
          one.left - other.left ||
          one.top - other.top ||
          one.width - other.width ||
          one.height - other.height ||
          one.area - other.area,
      );
    for (const { part } of order) {
      /** @type {Uint8Array} */
      let mask = Uint8Array.from(parts.labels, (each) => (each === part ? 1 : 0));
      if (gap > 1) {
        mask = dilate(mask, size, size, rectangle(gap));
        for (let at = 0; at < mask.length; at += 1) if (!edges[at]) mask[at] = 0;
        mask = toTheLines(mask, edges, size, 2 * SLIVERS, true);
        for (let at = 0; at < mask.length; at += 1) if (labels[at]) mask[at] = 0;
      }
      pieces.push(pieceOf(mask, size, pieces.length + 1, gap > 1));
      for (let at = 0; at < mask.length; at += 1) if (mask[at]) labels[at] = pieces.length;
    }
  }
  return { labels, pieces };
}

/**
 * May a piece be of a wheel, by its place and size?
 * @param {Box & {area: number}} piece
 * @param {Box} drawing
 * @param {number} gap
 * @param {Constants} constants
 */
function isSmallPiece({ top, width, height, area }, drawing, gap, { wheels }) {
  return (
    area >= wheels.LEAST &&
    width + gap - 1 <= wheels.WIDEST * drawing.width &&
    height + gap - 1 <= wheels.TALLEST * drawing.height &&
    top + height / 2 >= drawing.top + drawing.height / 2
  );
}

/**
 * @param {Uint8Array} mask
 * @param {number} size
 * @param {number} label
 * @param {boolean} isOpen
 * @returns {Piece}
 */
function pieceOf(mask, size, label, isOpen) {
  const sums = [0, 0, 0, 0, 0, 0];
  let [left, top, right, bottom] = [size, size, -1, -1];
  for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) {
    const y = Math.floor(at / size);
    const x = at - y * size;
    [1, x, y, x * x, x * y, y * y].forEach((value, place) => {
      sums[place] += value;
    });
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { labels: new Set([label]), left, top, right, bottom, sums, isOpen };
}

/**
 * Which pieces only a line parts, by label; 0 is all that is no piece.
 * @param {Int32Array} labels
 * @param {Uint8Array} lines
 * @param {number} size
 * @param {number} count
 */
export function findBeside(labels, lines, size, count) {
  const beside = Array.from({ length: count + 1 }, () => /** @type {Set<number>} */ (new Set()));
  for (let at = 0; at < labels.length; at += 1) {
    if (lines[at]) continue;
    for (const [other, isWithin] of /** @type {[number, boolean][]} */ ([
      [at + 2, at % size < size - 2],
      [at + 2 * size, at + 2 * size < labels.length],
    ])) {
      if (!isWithin || lines[other] || labels[at] === labels[other]) continue;
      beside[labels[at]].add(labels[other]);
      beside[labels[other]].add(labels[at]);
    }
  }
  return beside;
}

/**
 * @param {Piece} one
 * @param {Piece} other
 * @returns {Piece}
 */
export function joinPieces(one, other) {
  return {
    labels: new Set([...one.labels, ...other.labels]),
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
    sums: one.sums.map((sum, at) => sum + other.sums[at]),
    isOpen: one.isOpen || other.isOpen,
  };
}

/**
 * @param {Piece} piece
 * @returns {Ellipse}
 */
export function ellipseOf({ sums: [area, sumX, sumY, xx, xy, yy] }) {
  const [x, y] = [sumX / area, sumY / area];
  return {
    x,
    y,
    across: xx / area - x * x,
    aslant: xy / area - x * y,
    along: yy / area - y * y,
  };
}

/**
 * Together with its mirror image above it.
 * @param {Piece} piece
 * @returns {Ellipse}
 */
export function wholeOf({ sums: [area, sumX, sumY, xx, , yy], top }) {
  const [x, y] = [sumX / area, top - 0.5];
  const along = yy / area - (2 * y * sumY) / area + y * y;
  return { x, y, across: xx / area - x * x, aslant: 0, along };
}

/**
 * 1 for a disc, less for all else: the inverse of Hu's first moment.
 * @param {number} area
 * @param {Ellipse} ellipse
 */
export function roundnessOf(area, { across, along }) {
  const spread = across + along;
  return spread > 0 ? area / (2 * Math.PI * spread) : 0;
}
