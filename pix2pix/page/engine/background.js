import { connectedComponents, labelled } from './components.js';
import { distanceTransform } from './distance.js';
import { dilate, inverted, rectangle } from './morphology.js';
import { clip, countSet, darkest } from './numbers.js';
import { findRegions, flood, lineDistance, lineSides, meet, toTheLines, unite } from './regions.js';

/** @import { Constants } from './constants.js' */
/** @import { Straps } from './straps.js' */

/**
 * Removes what the generator painted outside a closed outline.
 * @param {Uint8ClampedArray} picture RGB
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {number} lineMargin px beside a line that encloses nothing, within which paint is kept; it
 *   is also kept then between lines on all sides
 * @param {Constants} constants
 */
export function whitenBackground(picture, edges, size, lineMargin, constants) {
  const { GAP, HAND_GAP } = constants.regions;
  const { PAINTED, NEAR, ALL_SIDES } = constants.background;
  const background = flood(edges, size, GAP, false).reached.slice();
  // A region with a wider gap, as a hand leaves it, keeps its paint.
  const { enclosed } = flood(edges, size, HAND_GAP, false);
  const closed = dilate(enclosed, size, size, rectangle(HAND_GAP));
  const distance = lineDistance(edges, size).slice();
  if (lineMargin) {
    const sides = lineSides(edges, size);
    const { enclosed: narrow } = flood(edges, size, GAP, false);
    const bound = dilate(narrow, size, size, rectangle(GAP + 2));
    for (let at = 0; at < sides.length; at += 1) if (sides[at] >= ALL_SIDES) background[at] = 0;
    const loose = edges.map((tone, at) => (closed[at] || bound[at] ? 255 : tone));
    const toLoose = distanceTransform(loose, size, size, 3);
    toLoose.forEach((far, at) => {
      distance[at] = Math.min(distance[at], far - lineMargin);
    });
  }
  const shade = darkest(picture);
  const outside = new Uint8Array(edges.length);
  let inside = 0;
  for (let at = 0; at < outside.length; at += 1) {
    if (closed[at]) background[at] = 0;
    if (shade[at] >= PAINTED) continue;
    if (!background[at]) inside += 1;
    else if (distance[at] > NEAR[0]) outside[at] = 1;
  }
  const beyond = countSet(outside);
  if (beyond >= inside) return picture;
  keepLargeBlobs(background, outside, closed, edges, size, inside, constants);
  return fade(picture, background, distance, constants);
}

/**
 * Takes large blobs of paint, such as hair with a wide gap, out of the background.
 * @param {Uint8Array} background changed in place
 * @param {Uint8Array} outside
 * @param {Uint8Array} closed
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {number} inside how much is painted within
 * @param {Constants} constants
 */
function keepLargeBlobs(background, outside, closed, edges, size, inside, constants) {
  const { GHOST, BETWEEN, LINED } = constants.background;
  const { GAP, HAND_GAP } = constants.regions;
  const { areas, labels } = connectedComponents(outside, size, size, 8);
  areas.forEach((area, blob) => {
    if (blob === 0 || area <= GHOST * inside) return;
    const own = labelled(
      labels,
      areas.map((_, label) => label === blob),
    );
    const lined = lineSides(edges, size).reduce((sum, sides, at) => sum + own[at] * sides, 0);
    if (lined / area < LINED) return;
    const near = dilate(own, size, size, rectangle(HAND_GAP));
    const bounded = dilate(closed, size, size, rectangle(GAP));
    let [lines, between] = [0, 0];
    for (let at = 0; at < near.length; at += 1) {
      if (!near[at] || edges[at]) continue;
      lines += 1;
      between += bounded[at];
    }
    if (lines && between / lines >= BETWEEN) return;
    for (let at = 0; at < near.length; at += 1) if (near[at]) background[at] = 0;
  });
}

/**
 * Whitens what straps arch over, and enclosed areas that the generator has left mostly white.
 * @param {Uint8ClampedArray} picture RGB
 * @param {Straps} straps of its drawing
 * @param {number} size
 * @param {Constants} constants
 */
export function whitenHoles(picture, straps, size, constants) {
  const { PALE, HOLE, CRISP } = constants.background;
  const { HAND_GAP } = constants.regions;
  const { edges, bands, holes } = straps;
  const shade = darkest(picture);
  const regions = findRegions(edges, size, HAND_GAP, constants)
    .map((region) => {
      let pale = 0;
      for (let at = 0; at < shade.length; at += 1) {
        if (region.mask[at] && shade[at] >= PALE) pale += 1;
      }
      return { region, pale: pale / region.area };
    })
    .sort((one, other) => one.pale - other.pale);
  const found = new Uint8Array(edges.length);
  for (const { region, pale } of regions.slice(1)) {
    const isAround = () =>
      regions.some(({ region: other }) => other !== region && region.surrounds(other));
    if (pale > HOLE && !meet(region.mask, bands) && !isAround()) unite(found, region.mask);
  }
  const grown = toTheLines(found, edges, size, HAND_GAP);
  unite(grown, holes);
  if (!grown.includes(1)) return picture;
  const distance = lineDistance(edges, size).map((far, at) => far + CRISP * holes[at]);
  return fade(picture, grown, distance, constants);
}

/**
 * The background around a thing, up to its lines; 1 where it is.
 * @param {Uint8ClampedArray} picture RGB, its background whitened
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
export function findBackground(picture, edges, size, constants) {
  const { PAINTED, BARE } = constants.background;
  const { GAP, HAND_GAP } = constants.regions;
  // Without a gap, to reach sharp corners; regions that this leaks into are restored below.
  const background = flood(edges, size, 1, true).reached.slice();
  const shade = darkest(picture);
  for (const gap of [GAP, HAND_GAP]) {
    const { reached: openBelow } = flood(edges, size, gap, true);
    const { enclosed } = flood(edges, size, gap, false);
    const { count, labels, areas } = connectedComponents(enclosed, size, size, 4);
    const painted = new Int32Array(count + 1);
    const isOpen = new Uint8Array(count + 1);
    for (let at = 0; at < labels.length; at += 1) {
      if (shade[at] < PAINTED) painted[labels[at]] += 1;
      if (openBelow[at]) isOpen[labels[at]] = 1;
    }
    const isKept = areas.map(
      (area, label) => label > 0 && (!isOpen[label] || painted[label] / area > BARE),
    );
    // Kept regions never touch, so they grow together as they would one by one.
    const kept = labelled(labels, isKept);
    const grown = toTheLines(kept, edges, size, gap);
    for (let at = 0; at < grown.length; at += 1) if (grown[at]) background[at] = 0;
  }
  return background;
}

/**
 * Gaps in a body that are painted, such as a cheek between a mouth and an open outline; 1 where they
 * are.
 * @param {Uint8ClampedArray} picture RGB, its background whitened
 * @param {Uint8Array} body
 * @param {number} size
 * @param {Constants} constants
 */
export function paintWithin(picture, body, size, { background }) {
  const { count, labels, areas } = connectedComponents(inverted(body), size, size, 4);
  const painted = new Int32Array(count + 1);
  const isOuter = new Uint8Array(count + 1);
  const shade = darkest(picture);
  for (let at = 0; at < labels.length; at += 1) {
    if (shade[at] < background.PAINTED) painted[labels[at]] += 1;
    const x = at % size;
    if (x === 0 || x === size - 1 || at < size || at >= labels.length - size) {
      isOuter[labels[at]] = 1;
    }
  }
  const isPainted = areas.map(
    (area, label) => label > 0 && !isOuter[label] && painted[label] > background.BARE * area,
  );
  return labelled(labels, isPainted);
}

/**
 * Fades a part to white, except for paint near lines.
 * @param {Uint8ClampedArray} picture RGB
 * @param {Uint8Array} where
 * @param {Float32Array} distance from lines
 * @param {Constants} constants
 */
function fade(picture, where, distance, { background }) {
  const [near, far] = background.NEAR;
  const faded = picture.slice();
  for (let at = 0; at < where.length; at += 1) {
    if (!where[at]) continue;
    const share = clip((distance[at] - near) / (far - near));
    if (!share) continue;
    for (let from = 3 * at; from < 3 * at + 3; from += 1) {
      faded[from] = picture[from] + (255 - picture[from]) * share;
    }
  }
  return faded;
}
