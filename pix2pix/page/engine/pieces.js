import { boxesOf, connectedComponents } from './components.js';
import { dilate, growWithin, rectangle } from './morphology.js';

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
  const { GAPS, SLIVERS } = constants.pieces;
  const labels = new Int32Array(edges.length);
  /** @type {Piece[]} */
  const pieces = [];
  for (const gap of [1, ...GAPS]) {
    const walls = gap > 1 ? dilate(lines, size, size, rectangle(gap)) : lines;
    const inside = new Uint8Array(edges.length);
    for (let at = 0; at < inside.length; at += 1) inside[at] = walls[at] || labels[at] ? 0 : 1;
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
    for (const { part, ...box } of order) {
      const window = windowAround(box, gap > 1 ? (gap >> 1) + SLIVERS : 0, size);
      /** @type {Uint8Array} */
      let mask = maskWithin(parts.labels, size, window, (each) => each === part);
      if (gap > 1) {
        const free = maskWithin(edges, size, window, (tone) => tone > 0);
        mask = dilate(mask, window.width, window.height, rectangle(gap));
        for (let at = 0; at < mask.length; at += 1) mask[at] &= free[at];
        mask = growWithin(mask, free, window.width, window.height, SLIVERS, false);
      }
      pieces.push(pieceOf(mask, labels, size, window, pieces.length + 1, gap > 1));
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
function isSmallPiece({ top, width, height, area }, drawing, gap, { pieces }) {
  return (
    area >= pieces.LEAST &&
    width + gap - 1 <= pieces.WIDEST * drawing.width &&
    height + gap - 1 <= pieces.TALLEST * drawing.height &&
    top + height / 2 >= drawing.top + drawing.height / 2
  );
}

/**
 * A box with what is around it, as far as there is any.
 * @param {Box} box
 * @param {number} reach px
 * @param {number} size
 * @returns {Box}
 */
export function windowAround({ left, top, width, height }, reach, size) {
  const [startX, startY] = [Math.max(0, left - reach), Math.max(0, top - reach)];
  return {
    left: startX,
    top: startY,
    width: Math.min(size, left + width + reach) - startX,
    height: Math.min(size, top + height + reach) - startY,
  };
}

/**
 * Where a window of a map has what is looked for.
 * @param {Int32Array | Uint8Array} map
 * @param {number} size
 * @param {Box} window
 * @param {(value: number) => boolean} is
 */
export function maskWithin(map, size, { left, top, width, height }, is) {
  const mask = new Uint8Array(width * height);
  for (let row = 0, at = 0; row < height; row += 1) {
    const from = (top + row) * size + left;
    for (let column = 0; column < width; column += 1, at += 1) {
      if (is(map[from + column])) mask[at] = 1;
    }
  }
  return mask;
}

/**
 * Labels what is still free of a mask.
 * @param {Uint8Array} mask
 * @param {Int32Array} labels of the whole map
 * @param {number} size
 * @param {Box} window of the mask
 * @param {number} label
 * @param {boolean} isOpen
 * @returns {Piece}
 */
function pieceOf(mask, labels, size, window, label, isOpen) {
  let [area, sumX, sumY, xx, xy, yy] = [0, 0, 0, 0, 0, 0];
  let [left, top, right, bottom] = [size, size, -1, -1];
  for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) {
    const row = Math.floor(at / window.width);
    const [x, y] = [window.left + at - row * window.width, window.top + row];
    const place = y * size + x;
    if (labels[place]) continue;
    labels[place] = label;
    area += 1;
    sumX += x;
    sumY += y;
    xx += x * x;
    xy += x * y;
    yy += y * y;
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  const sums = [area, sumX, sumY, xx, xy, yy];
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
  /**
   * @param {number} at
   * @param {number} other
   */
  const meet = (at, other) => {
    const [one, two] = [labels[at], labels[other]];
    if (one === two || lines[at] || lines[other]) return;
    beside[one].add(two);
    beside[two].add(one);
  };
  for (let row = 0, at = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1, at += 1) {
      if (column < size - 2) meet(at, at + 2);
      if (row < size - 2) meet(at, at + 2 * size);
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
