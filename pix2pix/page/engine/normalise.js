import { connectedComponents } from './components.js';
import { LINE, PAPER } from './constants.js';
import { distanceTransform } from './distance.js';
import { closeMask, dilate, ellipse, erode, openMask } from './morphology.js';
import { roundEven, selectNth } from './numbers.js';
import { resizeArea, resizeLinear, toSquare } from './resize.js';
import { drawLine, eachCircleRow } from './shapes.js';
import { lineEnds, thin } from './thin.js';

/** @import { Constants, Picture } from './constants.js' */
/** @typedef {'dark-on-light' | 'light-on-dark'} Polarity */

/**
 * The edge map of a drawing: flattened, binarised, resized, thinned, mended, without specks.
 * @param {Picture} drawing
 * @param {Polarity} polarity
 * @param {number} size
 * @param {Constants} constants
 * @returns {Uint8Array} 0 on lines one pixel wide, 255 elsewhere
 */
export function normaliseStrokes(drawing, polarity, size, constants) {
  const { normalise } = constants;
  const ink = findInk(drawing, polarity, size, constants);
  if (!ink.includes(1)) return new Uint8Array(ink.length).fill(PAPER);
  const scale = size / normalise.EDGE_SIZE;
  const drawn = outlineFills(ink, size, scale, constants);
  const joined = closePenLifts(
    thin(drawn, size, size),
    size,
    Math.max(2, normalise.PEN_LIFT * scale),
  );
  return toEdgeMap(dropSpecks(joined, drawn, size, scale, constants));
}

/**
 * The middle of each line as it was drawn; it may be interrupted or two pixels wide.
 * @param {Picture} drawing
 * @param {Polarity} polarity
 * @param {number} size
 * @param {Constants} constants
 * @returns {Uint8Array} 0 on the ridges of the ink, 255 elsewhere
 */
export function centreLines(drawing, polarity, size, constants) {
  const { RIDGE, FILL, EDGE_SIZE } = constants.normalise;
  const ink = findInk(drawing, polarity, size, constants);
  const width = distanceTransform(ink, size, size, 5);
  const widest = ((FILL / 2) * size) / EDGE_SIZE; // a painted area has no middle line
  const ridge = Math.fround(RIDGE);
  const ridges = new Uint8Array(ink.length).fill(PAPER);
  for (let at = ink.indexOf(1); at >= 0; at = ink.indexOf(1, at + 1)) {
    const crest = greatestAround(width, size, at);
    if (width[at] >= Math.fround(crest - ridge) && width[at] < widest) ridges[at] = LINE;
  }
  return ridges;
}

/**
 * The greatest value of a pixel and its eight neighbours.
 * @param {Float32Array} values
 * @param {number} size
 * @param {number} at
 */
function greatestAround(values, size, at) {
  const y = (at / size) | 0;
  const x = at - y * size;
  const [left, right] = [Math.max(0, x - 1), Math.min(size - 1, x + 1)];
  let most = values[at];
  for (let row = Math.max(0, y - 1); row <= Math.min(size - 1, y + 1); row += 1) {
    for (let place = row * size + left; place <= row * size + right; place += 1) {
      if (values[place] > most) most = values[place];
    }
  }
  return most;
}

/** @param {Uint8Array} lines of 0 and 1 */
function toEdgeMap(lines) {
  return lines.map((isLine) => (isLine ? LINE : PAPER));
}

/**
 * The drawing as an opaque one in black on white.
 * @param {Uint8Array} edges an edge map
 * @param {number} size
 * @returns {Picture}
 */
export function edgesAsDrawing(edges, size) {
  const data = new Uint8ClampedArray(4 * edges.length).fill(PAPER);
  edges.forEach((tone, at) => {
    data.fill(tone, 4 * at, 4 * at + 3);
  });
  return { width: size, height: size, data };
}

/** Levels as shares of white, in the precision of Python's. */
const TONES = Float32Array.from({ length: 256 }, (_, level) => level / 255);

/**
 * A drawing flattened onto its paper, 0 to 1.
 * @param {Picture} drawing
 * @param {number} paper 0 or 255
 */
function toGray({ data }, paper) {
  const gray = new Float32Array(data.length / 4);
  const { fround } = Math;
  for (let at = 0, from = 0; at < gray.length; at += 1, from += 4) {
    const cover = TONES[data[from + 3]];
    if (!cover) {
      gray[at] = TONES[paper];
      continue;
    }
    // ITU-R BT.601, in integers as OpenCV has it.
    const level =
      (data[from] * 9798 + data[from + 1] * 19235 + data[from + 2] * 3735 + 16384) >> 15;
    const kept = fround(paper * fround(1 - cover));
    gray[at] = cover === 1 ? TONES[level] : fround(fround(level * cover) + kept) / 255;
  }
  return gray;
}

/**
 * The ink, resized; 1 where it is.
 * @param {Picture} drawing
 * @param {Polarity} polarity
 * @param {number} size
 * @param {Constants} constants
 */
function findInk(drawing, polarity, size, constants) {
  const { width, height } = drawing;
  const { LARGE } = constants.normalise;
  const data = inkOf(drawing, polarity, constants);
  if (!data) return new Uint8Array(size * size);
  const shrink = Math.max(width, height) / size;
  const resize = shrink > 1 ? resizeArea : resizeLinear;
  const covered = toSquare({ width, height, data }, 1, size, LARGE, resize);
  const least = Math.fround(shrink > 1 ? 0.4 / shrink : 0.5);
  const ink = new Uint8Array(size * size);
  for (let at = 0; at < ink.length; at += 1) ink[at] = covered[at] > least ? 1 : 0;
  return ink;
}

/** @type {WeakMap<Picture, {polarity: Polarity, ink: Float32Array | null}>} of the last drawings */
const inks = new WeakMap();

/**
 * The ink of a drawing, 1 where it is; null without any. It is looked for only once.
 *
 * It is binarised before it is resized, and then what a hairline would leave of a pixel is
 * accepted, lest it is lost.
 * @param {Picture} drawing
 * @param {Polarity} polarity
 * @param {Constants} constants
 */
function inkOf(drawing, polarity, { normalise }) {
  const known = inks.get(drawing);
  if (known?.polarity === polarity) return known.ink;
  const isDark = polarity === 'dark-on-light';
  const gray = toGray(drawing, isDark ? 255 : 0);
  if (!isDark) for (let at = 0; at < gray.length; at += 1) gray[at] = 1 - gray[at];
  const paper = lightTone(gray); // paper need not be white
  let strongest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < gray.length; at += 1) {
    gray[at] = paper - gray[at];
    if (gray[at] > strongest) strongest = gray[at];
  }
  const limit = Math.fround(Math.max(normalise.MIN_CONTRAST, normalise.INK_LEVEL * strongest));
  for (let at = 0; at < gray.length; at += 1) gray[at] = gray[at] > limit ? 1 : 0;
  const ink = strongest < normalise.MIN_CONTRAST ? null : gray;
  inks.set(drawing, { polarity, ink });
  return ink;
}

/**
 * The 95th percentile.
 * @param {Float32Array} tones
 */
function lightTone(tones) {
  const place = Math.fround((tones.length - 1) * Math.fround(0.95));
  let [lightest, count] = [Number.NEGATIVE_INFINITY, 0];
  for (let at = 0; at < tones.length; at += 1) {
    if (tones[at] > lightest) [lightest, count] = [tones[at], 0];
    if (tones[at] === lightest) count += 1;
  }
  const below = Math.floor(place);
  if (tones.length - count <= below) return lightest; // most of the paper is as light as it gets
  const sorted = tones.slice();
  const [low, high] = [selectNth(sorted, below), selectNth(sorted, below + 1)];
  return Math.fround(low + (high - low) * (place - below));
}

/**
 * Painted and scribbled areas as their outline; the rest as drawn.
 * @param {Uint8Array} ink
 * @param {number} size
 * @param {number} scale
 * @param {Constants} constants
 */
function outlineFills(ink, size, scale, { normalise }) {
  /** @param {number} diameter */
  const disc = (diameter) => ellipse(Math.max(1, roundEven(diameter)));
  const closed = closeMask(ink, size, size, disc(normalise.HATCH_GAP * scale));
  const solid = openMask(closed, size, size, disc(normalise.SOLID * scale));
  for (let at = 0; at < ink.length; at += 1) solid[at] |= ink[at];
  const core = erode(solid, size, size, disc(normalise.FILL * scale));
  if (!core.includes(1)) return solid;
  const fill = dilate(core, size, size, disc(normalise.FILL * scale));
  return solid.map((isInk, at) => (fill[at] ? Number(isRim(fill, size, at)) : isInk));
}

/**
 * Is something to one of its four sides outside?
 * @param {Uint8Array} mask
 * @param {number} size
 * @param {number} at
 */
function isRim(mask, size, at) {
  const x = at % size;
  const isWithin =
    x > 0 && x < size - 1 && mask[at - 1] && mask[at + 1] && mask[at - size] && mask[at + size];
  return !isWithin;
}

/**
 * Joins line ends that are near each other, then thins again.
 * @param {Uint8Array} lines
 * @param {number} size
 * @param {number} reach
 */
function closePenLifts(lines, size, reach) {
  const ends = lineEnds(lines, size, size);
  const joined = lines.slice();
  let count = 0;
  ends.forEach(([x, y], turn) => {
    for (const [otherX, otherY] of ends.slice(turn + 1)) {
      const far = Math.max(Math.abs(x - otherX), Math.abs(y - otherY)); // 1 means touching
      if (far <= 1 || far > reach) continue;
      drawLine(joined, size, [x, y], [otherX, otherY]);
      count += 1;
    }
  });
  return count ? thin(joined, size, size) : lines;
}

/**
 * Drops tiny components; a dot made with a pen becomes a small ring instead.
 * @param {Uint8Array} lines
 * @param {Uint8Array} drawn
 * @param {number} size
 * @param {number} scale
 * @param {Constants} constants
 */
function dropSpecks(lines, drawn, size, scale, { normalise }) {
  const { labels, areas } = connectedComponents(lines, size, size, 8);
  const isSmall = areas.map((area, label) => label > 0 && area < normalise.SPECK);
  if (!isSmall.includes(true)) return lines;
  const kept = lines.map((isLine, at) => (isLine && !isSmall[labels[at]] ? 1 : 0));
  const blobs = connectedComponents(drawn, size, size, 8);
  /** @type {Set<number>} */
  const dots = new Set();
  labels.forEach((label, at) => {
    if (isSmall[label]) dots.add(blobs.labels[at]);
  });
  dots.delete(0); // specks joined by closing a pen lift lie partly on the paper
  for (const blob of [...dots].sort((one, other) => one - other)) {
    const area = blobs.areas[blob];
    // Only a separate blob: a spur left over from a longer line is not a dot.
    const isApart = !blobs.labels.some((label, at) => label === blob && kept[at]);
    if (area < normalise.DOT * scale ** 2 || !isApart) continue;
    const [x, y] = blobs.centres[blob].map(roundEven);
    drawRing(kept, size, x, y, Math.max(2, roundEven(Math.sqrt(area / Math.PI))));
  }
  return thin(kept, size, size);
}

/**
 * @param {Uint8Array} mask
 * @param {number} size
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function drawRing(mask, size, x, y, radius) {
  eachCircleRow(x, y, radius, (row, left, right) => {
    if (row < 0 || row >= size) return;
    for (const column of [left, right]) {
      if (column >= 0 && column < size) mask[row * size + column] = 1;
    }
  });
}
