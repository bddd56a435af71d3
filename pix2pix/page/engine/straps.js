import { connectedComponents } from './components.js';
import { distanceTransform } from './distance.js';
import { closeGaps } from './gaps.js';
import { dilate, erode, openMask, rectangle } from './morphology.js';
import { countSet } from './numbers.js';
import { findParts, flood, meet, remembered, toTheLines, unite } from './regions.js';
import { convexHull, polygonArea } from './shapes.js';

/** @import { Constants } from './constants.js' */
/** @import { Region } from './regions.js' */

/**
 * What a drawing has of straps.
 *
 * @typedef {object} Straps
 * @property {Uint8Array} edges with lines that close bands and holes
 * @property {Uint8Array} bands up to the lines
 * @property {Uint8Array} holes likewise
 * @property {Region[]} parts what the lines enclose, or nearly
 */

/**
 * Bands that arch over something and have the background above them: handles.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 * @returns {Straps} not to be changed
 */
export function findStraps(edges, size, constants) {
  return remembered(edges, 'straps', () => lookForStraps(edges, size, constants));
}

/**
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 * @returns {Straps}
 */
function lookForStraps(edges, size, constants) {
  const { SLENDER, FREE } = constants.straps;
  const gaps = [constants.regions.GAP, constants.regions.HAND_GAP];
  const closed = closeGaps(edges, size, constants);
  const parts = findParts(closed, size, gaps, constants);
  /** @param {Region} part */
  const bodyOf = ({ mask }) => toTheLines(mask, closed, size, gaps[1], true);
  const bands = new Uint8Array(edges.length);
  const under = new Uint8Array(edges.length);
  for (const part of parts) {
    const hull = convexHull(rowEnds(part.mask, size));
    if (part.area > SLENDER * polygonArea(hull)) continue;
    const band = bodyOf(part);
    const below = archedOver(band, hull, size, constants);
    if (!below.includes(1) || !isBesideBackground(band, closed, size, constants)) continue;
    unite(bands, band);
    unite(under, below);
  }
  if (!bands.includes(1)) {
    const own = closed === edges ? parts : findParts(edges, size, gaps, constants);
    return { edges, bands, holes: new Uint8Array(edges.length), parts: own };
  }
  const holes = holesBelow(parts.map(bodyOf), parts, bands, under, size, constants);
  const near = dilate(bands, size, size, rectangle(5));
  const joined = edges.map((tone, at) => (near[at] && !closed[at] ? 0 : tone));
  const free = distanceTransform(joined, size, size, 3);
  const rim = rimAround(holes, size);
  const mended = joined.map((tone, at) => (rim[at] && free[at] > FREE ? 0 : tone));
  return { edges: mended, bands, holes, parts: findParts(mended, size, gaps, constants) };
}

/**
 * The holes below bands.
 * @param {Uint8Array[]} bodies of the parts, up to the lines
 * @param {Region[]} parts
 * @param {Uint8Array} bands
 * @param {Uint8Array} under what they arch over
 * @param {number} size
 * @param {Constants} constants
 */
function holesBelow(bodies, parts, bands, under, size, { regions, straps }) {
  const feet = Math.floor(bands.lastIndexOf(1) / size);
  const holes = new Uint8Array(bands.length);
  const things = bands.slice();
  bodies.forEach((body, turn) => {
    unite(things, body);
    const isBelow = body.lastIndexOf(1) >= (feet + regions.GAP) * size;
    if (isBelow || meet(parts[turn].mask, bands)) return;
    if (shareIn(body, under) > straps.UNDER) unite(holes, body);
  });
  const free = under.map((isUnder, at) => (isUnder && !things[at] ? 1 : 0));
  unite(holes, openMask(free, size, size, rectangle(3)));
  if (countSet(holes) >= straps.OPEN * countSet(under)) return holes;
  // No line is between the hole and the thing.
  return under.map((isUnder, at) => (isUnder && !bands[at] ? 1 : 0));
}

/**
 * The first and the last pixel of a mask in each row, as y and x.
 * @param {Uint8Array} mask
 * @param {number} size
 * @returns {[number, number][]}
 */
function rowEnds(mask, size) {
  /** @type {[number, number][]} */
  const ends = [];
  for (let y = 0; y < size; y += 1) {
    const row = mask.subarray(y * size, (y + 1) * size);
    const first = row.indexOf(1);
    if (first < 0) continue;
    ends.push([y, first]);
    const last = row.lastIndexOf(1);
    if (last > first) ends.push([y, last]);
  }
  return ends;
}

/**
 * What share of a mask lies in another.
 * @param {Uint8Array} mask
 * @param {Uint8Array} other
 */
function shareIn(mask, other) {
  let [all, within] = [0, 0];
  for (let at = 0; at < mask.length; at += 1) {
    all += mask[at];
    within += mask[at] & other[at];
  }
  return within / all;
}

/**
 * Is enough of a band's rim beside the background?
 * @param {Uint8Array} band
 * @param {Uint8Array} lines
 * @param {number} size
 * @param {Constants} constants
 */
function isBesideBackground(band, lines, size, { regions, straps }) {
  const { reached } = flood(lines, size, regions.GAP, false);
  const near = dilate(reached, size, size, rectangle(2 * regions.GAP + 1));
  return shareIn(rimAround(band, size), near) >= straps.OUTSIDE;
}

/**
 * What a band arches over within its hull.
 * @param {Uint8Array} band
 * @param {[number, number][]} hull y and x
 * @param {number} size
 * @param {Constants} constants
 */
function archedOver(band, hull, size, { straps }) {
  const free = withinHull(hull, size).map((isIn, at) => (isIn && !band[at] ? 1 : 0));
  const beneath = band.slice();
  for (let at = size; at < band.length; at += 1) beneath[at] |= beneath[at - size];
  const { areas, labels } = connectedComponents(free, size, size, 4);
  const covered = areas.map(() => 0);
  labels.forEach((label, at) => {
    covered[label] += beneath[at];
  });
  const isArched = areas.map(
    (area, label) =>
      label > 0 && area >= straps.LEAST * band.length && covered[label] / area >= straps.ARCH,
  );
  return free.map((_, at) => (isArched[labels[at]] ? 1 : 0));
}

/**
 * The pixels within a convex polygon.
 * @param {[number, number][]} hull y and x
 * @param {number} size
 */
function withinHull(hull, size) {
  const inside = new Uint8Array(size * size);
  const ys = hull.map(([y]) => y);
  const xs = hull.map(([, x]) => x);
  for (let y = Math.min(...ys); y <= Math.max(...ys); y += 1) {
    for (let x = Math.min(...xs); x <= Math.max(...xs); x += 1) {
      let [isLeft, isRight] = [true, true];
      for (let turn = 0; turn < hull.length && (isLeft || isRight); turn += 1) {
        const next = turn + 1 < hull.length ? turn + 1 : 0;
        const side =
          (xs[next] - xs[turn]) * (y - ys[turn]) - (ys[next] - ys[turn]) * (x - xs[turn]);
        if (side < 0) isLeft = false;
        if (side > 0) isRight = false;
      }
      if (isLeft || isRight) inside[y * size + x] = 1;
    }
  }
  return inside;
}

/**
 * The outermost pixels of a mask.
 * @param {Uint8Array} mask
 * @param {number} size
 */
function rimAround(mask, size) {
  const inner = erode(mask, size, size, rectangle(3));
  return mask.map((isSet, at) => (isSet && !inner[at] ? 1 : 0));
}
