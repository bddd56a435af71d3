import { boxesOf, connectedComponents } from './components.js';
import { distanceTransform } from './distance.js';
import { dilate, growWithin, rectangle } from './morphology.js';
import { findParts, flood, meet, unite, watershed } from './regions.js';
import { eachCircleRow } from './shapes.js';

/** @import { Constants } from './constants.js' */
/** @import { Region } from './regions.js' */
/** @typedef {number[]} Colour R, G and B, 0 to 255 */

/** Alpha from which on a pixel of colour is a dab. */
export const DAB = 128;

/**
 * @param {string} text like #ff8800
 * @returns {Colour}
 */
export function parseColour(text) {
  return [1, 3, 5].map((from) => Number.parseInt(text.slice(from, from + 2), 16));
}

/**
 * Where there is a dab.
 * @param {Uint8ClampedArray} hints RGBA
 */
export function findDabs(hints) {
  const dabs = new Uint8Array(hints.length / 4);
  for (let at = 0; at < dabs.length; at += 1) dabs[at] = hints[4 * at + 3] >= DAB ? 1 : 0;
  return dabs;
}

/**
 * Dabs of colour, spread over the drawing, up to its lines first.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Uint8ClampedArray} hints RGBA
 * @param {Constants} constants
 * @returns {Float32Array} four planes: R, G, B in -1 to 1, and a mask of 1; all 0 without a dab
 */
export function spreadHints(edges, size, hints, constants) {
  const markers = new Int32Array(edges.length);
  // Dabs of one colour are one source; quantised, as brushes blend at their rims.
  /** @type {Map<number, {colour: Colour, number: number}>} */
  const sources = new Map();
  for (let at = 0; at < markers.length; at += 1) {
    if (hints[4 * at + 3] < DAB) continue;
    const [red, green, blue] = [hints[4 * at], hints[4 * at + 1], hints[4 * at + 2]];
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    const known = sources.get(key);
    const number = known ? known.number : sources.size + 1;
    if (!known) sources.set(key, { colour: [red, green, blue], number });
    markers[at] = number;
  }
  const colours = [...sources.values()].map(({ colour }) => colour);
  if (colours.length === 0) return new Float32Array(4 * edges.length);
  if (colours.length === 1) return paletteHint(colours[0], size);
  const labels = watershed(edges, size, markers, constants);
  return hintPlane(size, (at) => colours[labels[at] - 1]);
}

/**
 * One colour for the whole drawing.
 * @param {Colour} colour
 * @param {number} size
 */
export function paletteHint(colour, size) {
  return hintPlane(size, () => colour);
}

/**
 * @param {number} size
 * @param {(at: number) => Colour} colourAt
 */
function hintPlane(size, colourAt) {
  const area = size * size;
  const plane = new Float32Array(4 * area).fill(1);
  for (let at = 0; at < area; at += 1) {
    const colour = colourAt(at);
    for (let channel = 0; channel < 3; channel += 1) {
      plane[channel * area + at] = Math.fround(colour[channel] / 127.5) - 1;
    }
  }
  return plane;
}

/**
 * Draws a round dab.
 * @param {Uint8ClampedArray} hints RGBA, changed in place
 * @param {number} size
 * @param {number} at its middle
 * @param {number} radius
 * @param {Colour} colour
 */
export function dabAt(hints, size, at, radius, colour) {
  const y = Math.floor(at / size);
  eachCircleRow(at - y * size, y, radius, (row, left, right) => {
    if (row < 0 || row >= size) return;
    for (let x = Math.max(0, left); x <= Math.min(size - 1, right); x += 1) {
      setDab(hints, row * size + x, colour);
    }
  });
}

/**
 * @param {Uint8ClampedArray} hints
 * @param {number} at
 * @param {Colour} colour
 */
function setDab(hints, at, colour) {
  hints.set(colour, 4 * at);
  hints[4 * at + 3] = 255;
}

/**
 * The box around all lines; null without any.
 * @param {Uint8Array} edges
 * @param {number} size
 */
function lineBox(edges, size) {
  let [left, right, top, bottom] = [size, -1, -1, -1];
  for (let at = edges.indexOf(0); at >= 0; at = edges.indexOf(0, at + 1)) {
    const y = Math.floor(at / size);
    const x = at - y * size;
    if (top < 0) top = y;
    bottom = y;
    if (x < left) left = x;
    if (x > right) right = x;
  }
  return top < 0 ? null : { left, right, top, bottom };
}

/**
 * Adds a dab on the part of the drawing that is farthest from the others.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Uint8ClampedArray} hints RGBA with at least one dab
 * @param {Colour} colour
 */
export function addAccent(edges, size, hints, colour) {
  const box = lineBox(edges, size);
  if (!box) return hints;
  const bare = findDabs(hints).map((isDab) => (isDab ? 0 : 1));
  const far = distanceTransform(bare, size, size, 5);
  const free = distanceTransform(edges, size, size, 5); // midway between lines
  let [best, most] = [0, 0];
  for (let y = box.top; y <= box.bottom; y += 1) {
    for (let x = box.left; x <= box.right; x += 1) {
      const at = y * size + x;
      const worth = Math.min(far[at], Math.fround(6 * free[at]));
      if (worth > most) [best, most] = [at, worth];
    }
  }
  const accented = hints.slice();
  dabAt(accented, size, best, Math.max(2, size >> 6), colour);
  return accented;
}

/**
 * Adds the dabs of a look: skin on the face, another colour on the hair, and so on.
 *
 * Each part that the lines enclose takes the colour of the place nearest to it, unless it has a dab;
 * a small part within another takes none. Remaining colours go to loose lines at their places. A
 * drawing that encloses nothing yet takes the colour of the place nearest to its middle.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Uint8ClampedArray} hints RGBA
 * @param {number[][]} places x and y as shares of the box around the lines
 * @param {Colour[]} colours of each place
 * @param {boolean} isLimbs whether loose lines that hang together have one colour
 * @param {Uint8Array[] | null} heads those with a face; null if such things have none
 * @param {Constants} constants
 */
export function addLook(edges, size, hints, places, colours, isLimbs, heads, constants) {
  const box = lineBox(edges, size);
  if (!box) return hints;
  const { GAP, HAND_GAP } = constants.regions;
  const [across, down] = [Math.max(1, box.right - box.left), Math.max(1, box.bottom - box.top)];
  /**
   * How far a point is from a place; heads are at the top, on either side.
   * @param {number} x
   * @param {number} y
   * @param {number} place
   */
  const away = (x, y, place) =>
    0.25 * Math.abs((x - box.left) / across - places[place][0]) +
    Math.abs((y - box.top) / down - places[place][1]);
  /**
   * @param {number} x
   * @param {number} y
   */
  const nearestPlace = (x, y) => leastOf(places.map((_, place) => away(x, y, place)));
  const dabbed = hints.slice();
  const dabs = findDabs(hints);
  const left = new Set(places.keys());
  const regions = findParts(edges, size, [GAP, HAND_GAP], constants);
  const inside = new Uint8Array(edges.length);
  const taken = new Uint8Array(edges.length);
  const bodies = regions.map(({ mask }) => upToLines(mask, edges, size, constants));
  for (const body of bodies) unite(taken, body);
  regions.forEach((region, turn) => {
    for (let at = 0; at < inside.length; at += 1) if (!region.around[at]) inside[at] = 1;
    if (isFeature(region, regions, constants)) return;
    const isSkin =
      heads && places.length > constants.hints.SKIN && isHead(region, regions, heads, constants);
    const place = isSkin ? constants.hints.SKIN : nearestPlace(...region.centre);
    left.delete(place);
    if (meet(region.mask, dabs)) return;
    dabAt(dabbed, size, region.middle, Math.max(1, size >> 7), colours[place]);
    // Else the colour of a loose line nearby would flow around it, and paint its rim.
    const rim = dilate(bodies[turn], size, size, rectangle(constants.hints.RIM));
    for (let at = 0; at < rim.length; at += 1) {
      if (rim[at] && !taken[at] && !dabs[at]) setDab(dabbed, at, colours[place]);
    }
  });
  if (!inside.includes(1)) {
    if (dabs.includes(1)) return dabbed;
    const colour = colours[nearestPlace(box.left + across / 2, box.top + down / 2)];
    edges.forEach((tone, at) => {
      if (!tone) setDab(dabbed, at, colour);
    });
    return dabbed;
  }
  unite(inside, flood(edges, size, GAP, true).enclosed); // and what is too small for a part
  const lines = looseLines(edges, size, inside, dabs, constants);
  dabLooseLines(dabbed, size, lines, left, colours, away, isLimbs ? taken : null, constants);
  return dabbed;
}

/**
 * @typedef {{places: number[], numbers: Int32Array}} LooseLines their pixels, and by pixel of the
 *   drawing the number of its line
 */

/**
 * Dabs the loose lines at the places that are left, then all others as the nearest of these.
 * @param {Uint8ClampedArray} dabbed changed in place
 * @param {number} size
 * @param {LooseLines} lines
 * @param {Set<number>} left
 * @param {Colour[]} colours
 * @param {(x: number, y: number, place: number) => number} away
 * @param {Uint8Array | null} taken parts, if the lines are limbs, each in one colour
 * @param {Constants} constants
 */
function dabLooseLines(dabbed, size, lines, left, colours, away, taken, { hints }) {
  /**
   * @param {number} at
   * @param {number} place
   */
  const far = (at, place) => away(at % size, Math.floor(at / size), place);
  /** @type {{place: number, point: number}[]} */
  const found = [];
  for (const place of [...left].sort((one, other) => one - other)) {
    if (!lines.places.length) break;
    const distances = lines.places.map((at) => far(at, place));
    const point = leastOf(distances);
    if (distances[point] < hints.AT_PLACE) found.push({ place, point: lines.places[point] });
  }
  if (!found.length) return;
  const bare = new Set(lines.places.map((at) => lines.numbers[at]));
  for (const { place, point } of taken ? [] : found) {
    bare.delete(lines.numbers[point]);
    dabAt(dabbed, size, point, Math.max(1, size >> 7), colours[place]);
  }
  const known = findDabs(dabbed);
  // Every lock is hair.
  for (const line of [...bare].sort((one, other) => one - other)) {
    const points = lines.places.filter((at) => lines.numbers[at] === line);
    // A lock hangs from its place, and a limb, such as the outline of a dress, lies around it.
    const nearest = leastOf(
      found.map(({ place }) =>
        taken
          ? points.reduce((sum, at) => sum + far(at, place), 0)
          : points.reduce((least, at) => Math.min(least, far(at, place)), Number.POSITIVE_INFINITY),
      ),
    );
    const colour = colours[found[nearest].place];
    if (!taken) {
      for (const at of points) setDab(dabbed, at, colour);
      continue;
    }
    const drawn = new Uint8Array(known.length);
    for (const at of points) drawn[at] = 1;
    const limb = dilate(drawn, size, size, rectangle(hints.LIMB));
    for (let at = 0; at < limb.length; at += 1) {
      if (limb[at] && !known[at] && !taken[at]) setDab(dabbed, at, colour);
    }
  }
}

/**
 * Where the first of the least values is.
 * @param {number[]} values
 */
function leastOf(values) {
  return values.reduce((best, value, at) => (value < values[best] ? at : best), 0);
}

/**
 * A region grown up to its lines.
 * @param {Uint8Array} mask
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
function upToLines(mask, edges, size, { regions }) {
  const steps = (regions.HAND_GAP >> 1) + 1;
  return growWithin(mask, edges, size, size, steps, false); // through no diagonal line
}

/**
 * Lines that neither bound nor lie in a part and have no dab.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Uint8Array} inside
 * @param {Uint8Array} dabs
 * @param {Constants} constants
 * @returns {LooseLines}
 */
function looseLines(edges, size, inside, dabs, { hints }) {
  // The mask of a part with a gap keeps away from its lines, most of all beside the gap.
  const near = dilate(inside, size, size, rectangle(hints.LOOSE));
  const ink = edges.map((tone, at) => (tone || near[at] ? 0 : 1));
  const joined = dilate(ink, size, size, rectangle(9));
  const { labels } = connectedComponents(joined, size, size, 8);
  const known = new Set();
  dabs.forEach((isDab, at) => {
    if (isDab) known.add(labels[at]);
  });
  /** @type {number[]} */
  const places = [];
  ink.forEach((isInk, at) => {
    if (isInk && !known.has(labels[at])) places.push(at);
  });
  return { places, numbers: labels };
}

/**
 * Is a part a mouth, a button or the like: small, and within another?
 * @param {Region} region
 * @param {Region[]} regions
 * @param {Constants} constants
 */
function isFeature(region, regions, { hints }) {
  return regions.some(
    (other) =>
      other !== region &&
      region.area < hints.FEATURE * other.outlineArea &&
      other.surrounds(region),
  );
}

/**
 * Is a part a head with a face, or the only part so far, and round?
 * @param {Region} region
 * @param {Region[]} regions
 * @param {Uint8Array[]} heads
 * @param {Constants} constants
 */
function isHead(region, regions, heads, constants) {
  const { MOSTLY, ROUND } = constants.hints;
  if (heads.length) {
    return heads.some(
      (head) => head[region.middle] && region.area > MOSTLY * head.reduce((sum, is) => sum + is, 0),
    );
  }
  const isAlone = regions.every(
    (other) => other === region || isFeature(other, regions, constants),
  );
  const [{ width, height }] = boxesOf(region.mask, region.size, 2).slice(1);
  const share = region.outlineArea / (width * height);
  return isAlone && ROUND[0] <= share && share <= ROUND[1];
}
