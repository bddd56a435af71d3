import { boxesOf } from './components.js';
import { clip, roundEven } from './numbers.js';
import { findParts, isOfPhoto, largestOf, toTheLines } from './regions.js';
import { findSole } from './soles.js';

/** @import { Constants } from './constants.js' */

/**
 * Where a drawing has a shoe.
 *
 * @typedef {object} Shoe
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {Uint8Array} inside of the edge map's size: up to its lines
 */

/**
 * Adds the lines of a sole and an opening, if they were not drawn; such a sole is light.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Float32Array} plane
 * @param {Uint8Array} dabs what was dabbed is neither
 * @param {Constants} constants
 * @returns {{edges: Uint8Array, plane: Float32Array}} as they are if nothing is to be added
 */
export function completeShoe(edges, size, plane, dabs, constants) {
  const { GAPS, SMALLEST } = constants.shoes;
  const parts = findParts(edges, size, GAPS, constants);
  if (!parts.length || isOfPhoto(edges, size, constants)) return { edges, plane };
  const body = largestOf(parts);
  const inside = toTheLines(body.mask, edges, size, constants.regions.HAND_GAP, true);
  const shoe = { ...boxesOf(inside, size, 2)[1], inside };
  if (shoe.width < SMALLEST[0] || shoe.height < SMALLEST[1]) return { edges, plane };
  const completed = edges.slice();
  const coloured = plane.slice();
  if (!findSole(edges, size, parts, constants)) {
    const sole = soleLine(shoe, size, constants);
    const places = placesBeyond(sole, shoe, size, false);
    if (!places.some((at) => dabs[at])) {
      drawAcross(completed, sole, shoe, size);
      const last = 3 * edges.length;
      for (const at of places) {
        if (plane[last + at] <= 0) continue;
        constants.soles.SOLE.forEach((level, channel) => {
          coloured[channel * edges.length + at] = level / 127.5 - 1;
        });
      }
    }
  }
  const opening = openingLine(shoe, edges, size, constants);
  const isHit = placesBeyond(opening, shoe, size, true).some((at) => dabs[at]);
  if (!isHit) drawAcross(completed, opening, shoe, size);
  return { edges: completed, plane: coloured };
}

/**
 * Where a sole begins in each column, or infinity; nowhere above a heel.
 * @param {Shoe} shoe
 * @param {number} size
 * @param {Constants} constants
 */
function soleLine(shoe, size, { shoes }) {
  const { EVEN, RISE, SMOOTH, THICK } = shoes;
  const { width, height } = shoe;
  const bottom = Array.from({ length: width }, (_, x) => {
    let y = height - 1;
    while (!isOfShoe(shoe, size, x, y)) y -= 1;
    return y;
  });
  const level = bottom.filter((y) => height - 1 - y <= EVEN[0] * height).length;
  if (level / width < EVEN[1]) return bottom.map(() => Number.POSITIVE_INFINITY);
  const thickness = clip(THICK[0] * height, THICK[1], THICK[2]);
  const half = SMOOTH >> 1;
  return bottom.map((own, x) => {
    if (height - 1 - own >= RISE * height) return Number.POSITIVE_INFINITY;
    let sum = 0;
    for (let at = x - half; at <= x + half; at += 1) sum += bottom[clip(at, 0, width - 1)];
    return sum / SMOOTH - thickness;
  });
}

/**
 * Where an opening ends in each column, or minus infinity.
 * @param {Shoe} shoe
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
function openingLine(shoe, edges, size, { shoes }) {
  const { BELOW, BESIDE, DRAWN, SAG, STEEP, THIN, UPPER, WIDTHS } = shoes;
  const { width, height } = shoe;
  const top = Array.from({ length: width }, (_, x) => {
    let y = 0;
    while (!isOfShoe(shoe, size, x, y)) y += 1;
    return y;
  });
  const line = top.map(() => Number.NEGATIVE_INFINITY);
  const highest = top.indexOf(Math.min(...top));
  const lowest = top[highest] + UPPER * height;
  let [left, right] = [highest, highest];
  while (left > 0 && top[left - 1] <= lowest) left -= 1;
  while (right < width && top[right] <= lowest) right += 1;
  const across = right - left - 1;
  const near = roundEven(BESIDE * width);
  const beside = top
    .map((row, x) => row + shoe.top - firstLine(edges, size, shoe.left + x) > THIN)
    .slice(Math.max(0, left - near), right + near);
  const isDrawn = beside.filter(Boolean).length > DRAWN * beside.length;
  if (isDrawn || across <= WIDTHS[0] || across >= WIDTHS[1] * width) return line;
  const sag = Math.min(Math.max(SAG[0] * across, SAG[1]), SAG[2] * height);
  for (let x = left; x < right; x += 1) {
    const share = (x - left) / across;
    const bend = share * (1 - share);
    const arc = top[left] + (top[right - 1] - top[left]) * share + 4 * sag * bend;
    line[x] = Math.max(arc, top[x] + BELOW * Math.min(1, STEEP * bend));
  }
  return line;
}

/**
 * The row of the first line in a column.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {number} x
 */
function firstLine(edges, size, x) {
  let y = 0;
  while (edges[y * size + x]) y += 1;
  return y;
}

/**
 * The pixels of a shoe above a line, or below it, with it.
 * @param {number[]} line
 * @param {Shoe} shoe
 * @param {number} size
 * @param {boolean} isAbove
 */
function placesBeyond(line, shoe, size, isAbove) {
  /** @type {number[]} */
  const places = [];
  for (let y = 0; y < shoe.height; y += 1) {
    for (let x = 0; x < shoe.width; x += 1) {
      const isBeyond = isAbove ? y <= line[x] : y >= line[x];
      if (isBeyond && isOfShoe(shoe, size, x, y)) places.push(pixelOf(shoe, size, x, y));
    }
  }
  return places;
}

/**
 * Draws a line, a row for each column or an infinite one, without gaps, in place.
 * @param {Uint8Array} edges
 * @param {number[]} line
 * @param {Shoe} shoe
 * @param {number} size
 */
function drawAcross(edges, line, shoe, size) {
  for (let x = 0; x < shoe.width; x += 1) {
    const here = Math.floor(line[x] + 0.5);
    if (!Number.isFinite(here)) continue;
    const known = x ? Math.floor(line[x - 1] + 0.5) : here;
    const before = Number.isFinite(known) ? known : here;
    const first = before < here ? before + 1 : here;
    const last = before > here ? before - 1 : here;
    for (let y = Math.max(0, first); y <= Math.min(shoe.height - 1, last); y += 1) {
      if (isOfShoe(shoe, size, x, y)) edges[pixelOf(shoe, size, x, y)] = 0;
    }
  }
}

/** @param {Shoe} shoe @param {number} size @param {number} x @param {number} y */
function isOfShoe(shoe, size, x, y) {
  return shoe.inside[pixelOf(shoe, size, x, y)];
}

/** @param {Shoe} shoe @param {number} size @param {number} x @param {number} y */
function pixelOf({ left, top }, size, x, y) {
  return (top + y) * size + left + x;
}
