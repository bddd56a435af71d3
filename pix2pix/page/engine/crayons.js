import { blur, SMALL_BLURS } from './blur.js';
import { connectedComponents } from './components.js';
import { distanceTransform, nearest } from './distance.js';
import { findDabs } from './hints.js';
import { toLab, writeRgb } from './lab.js';
import { dilate, inverted, rectangle } from './morphology.js';
import { clip, darkest, medianOf } from './numbers.js';
import { findRegions, flood, lineDistance, lineSides, toTheLines, unite } from './regions.js';

/** @import { Constants } from './constants.js' */

/**
 * Gives paint the colours of a hint plane: what is painted alike moves by the difference.
 * @param {Uint8ClampedArray} picture RGB, its background white
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Float32Array} plane as from `spreadHints`
 * @param {Uint8Array} dabs where a person dabbed
 * @param {number} strength share of the difference that is made up for
 * @param {Constants} constants
 */
export function matchColours(picture, edges, size, plane, dabs, strength, constants) {
  const { crayons } = constants;
  const area = size * size;
  const closed = dabbedParts(edges, size, dabs, constants);
  const shade = darkest(picture);
  const meant = new Uint8Array(area);
  let isPainted = false;
  for (let at = 0; at < area; at += 1) {
    if (plane[3 * area + at] <= 0) continue;
    const painted = shade[at] < crayons.PAINTED;
    if (painted || closed[at]) meant[at] = 1;
    if (painted) isPainted = true;
  }
  if (!isPainted) return picture;
  const box = boundingBox(meant, size);
  const inBox = box.places;
  const lab = toLab(crop(picture, inBox));
  const smooth = blur(lab, box.width, box.height, 3, SMALL_BLURS[crayons.TEXTURE === 5 ? 5 : 3]);
  const change = new Float32Array(lab.length);
  for (const [key, places] of byColour(plane, meant, inBox)) {
    const target = toLab([key >> 16, (key >> 8) & 255, key & 255]);
    const own = dabs.map((isDab, at) => (isDab && keyAt(plane, at) === key ? 1 : 0));
    const spots = dilate(own, size, size, rectangle(2 * crayons.AROUND + 1));
    for (const wanted of [1, 0]) {
      const part = places.filter((at) => closed[inBox[at]] === wanted);
      if (!part.length) continue;
      const spot = part.filter((at) => spots[inBox[at]] && edges[inBox[at]]);
      const painted = places.filter((at) => shade[inBox[at]] < crayons.PAINTED);
      const now = spot.length ? medianLab(lab, spot) : commonest(lab, painted, constants);
      move(change, lab, smooth, part, now, target, strength, box, constants);
    }
  }
  const matched = picture.slice();
  for (let at = 0; at < inBox.length; at += 1) {
    if (!meant[inBox[at]]) continue;
    const from = 3 * at;
    writeRgb(
      lab[from] + change[from],
      lab[from + 1] + change[from + 1],
      lab[from + 2] + change[from + 2],
      matched,
      3 * inBox[at],
    );
  }
  return matched;
}

/** @typedef {{width: number, height: number, places: Int32Array}} Box its pixels by place */

/**
 * @param {Uint8Array} mask set somewhere
 * @param {number} size
 * @returns {Box}
 */
function boundingBox(mask, size) {
  let [left, right, top, bottom] = [size, 0, -1, 0];
  for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) {
    const y = (at / size) | 0;
    const x = at - y * size;
    if (top < 0) top = y;
    bottom = y;
    if (x < left) left = x;
    if (x > right) right = x;
  }
  const [width, height] = [right - left + 1, bottom - top + 1];
  const places = new Int32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) places[y * width + x] = (y + top) * size + x + left;
  }
  return { width, height, places };
}

/**
 * @param {Uint8ClampedArray} picture RGB
 * @param {Int32Array} places
 */
export function crop(picture, places) {
  const out = new Uint8ClampedArray(3 * places.length);
  for (let at = 0; at < places.length; at += 1) {
    const from = 3 * places[at];
    out[3 * at] = picture[from];
    out[3 * at + 1] = picture[from + 1];
    out[3 * at + 2] = picture[from + 2];
  }
  return out;
}

/** @param {number} value of a hint plane */
export function toLevel(value) {
  return Math.round((value + 1) * 127.5);
}

/**
 * Where each colour is meant, as places in the box, the darkest colours first.
 * @param {Float32Array} plane
 * @param {Uint8Array} meant
 * @param {Int32Array} inBox
 * @returns {[number, Int32Array][]}
 */
function byColour(plane, meant, inBox) {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  let [last, places] = [-1, /** @type {number[]} */ ([])];
  for (let at = 0; at < inBox.length; at += 1) {
    const from = inBox[at];
    if (!meant[from]) continue;
    const key = keyAt(plane, from);
    if (key !== last) {
      places = found.get(key) ?? [];
      found.set(key, places);
      last = key;
    }
    places.push(at);
  }
  return [...found]
    .sort(([one], [other]) => one - other)
    .map(([key, each]) => [key, Int32Array.from(each)]);
}

/**
 * The colour of a place, as one number.
 * @param {Float32Array} plane as from `spreadHints`
 * @param {number} at
 */
function keyAt(plane, at) {
  const area = plane.length / 4;
  const [red, green, blue] = [0, 1, 2].map((channel) => toLevel(plane[channel * area + at]));
  return (red << 16) | (green << 8) | blue;
}

/**
 * Adds the way of a part's paint to a colour.
 * @param {Float32Array} change changed in place
 * @param {Float32Array} lab
 * @param {Float32Array} smooth
 * @param {Int32Array} part places in the box
 * @param {number[]} own its colour
 * @param {Float32Array} target
 * @param {number} strength
 * @param {Box} box
 * @param {Constants} constants
 */
function move(change, lab, smooth, part, own, target, strength, box, constants) {
  const weight = new Float32Array(box.places.length);
  for (const at of part) weight[at] = likeness(smooth, at, own, constants);
  const soft = blur(weight, box.width, box.height, 1, SMALL_BLURS[3]);
  const way = own.map((value, channel) => target[channel] - value);
  const isLighter = way[0] > 0;
  const all = Math.max(isLighter ? 100 - own[0] : own[0], 1);
  for (let at = 0; at < soft.length; at += 1) {
    const share = strength * soft[at];
    if (!share) continue;
    const room = isLighter ? 100 - lab[3 * at] : lab[3 * at]; // black and white stay
    change[3 * at] += share * way[0] * clip(room / all);
    change[3 * at + 1] += share * way[1];
    change[3 * at + 2] += share * way[2];
  }
}

/**
 * How alike a pixel's colour and another are, 0 to 1.
 * @param {Float32Array} lab
 * @param {number} at
 * @param {number[]} own
 * @param {Constants} constants
 */
function likeness(lab, at, own, { crayons }) {
  const [light, colour] = crayons.ALIKE;
  const far =
    ((lab[3 * at] - own[0]) / light) ** 2 +
    ((lab[3 * at + 1] - own[1]) / colour) ** 2 +
    ((lab[3 * at + 2] - own[2]) / colour) ** 2;
  return Math.exp(-0.5 * far);
}

/**
 * @param {Float32Array} lab
 * @param {ArrayLike<number>} places not empty
 */
function medianLab(lab, places) {
  return [0, 1, 2].map((channel) => {
    const values = new Float32Array(places.length);
    for (let at = 0; at < values.length; at += 1) values[at] = lab[3 * places[at] + channel];
    return medianOf(values);
  });
}

/**
 * The commonest colour: that of the paint, not of lines and tyres.
 * @param {Float32Array} lab
 * @param {Int32Array} places
 * @param {Constants} constants
 */
function commonest(lab, places, constants) {
  const { SAMPLE, DARK, RARE } = constants.crayons;
  if (!places.length) return [100, 0, 0];
  const step = Math.ceil(places.length / SAMPLE);
  const sample = places.filter((_, turn) => turn % step === 0);
  const light = sample.filter((at) => lab[3 * at] > DARK);
  const paint = light.length > RARE * sample.length ? light : sample;
  const middle = medianLab(lab, paint);
  const alike = new Float32Array(paint.length);
  let most = 0;
  for (let turn = 0; turn < alike.length; turn += 1) {
    alike[turn] = likeness(lab, paint[turn], middle, constants);
    if (alike[turn] > most) most = alike[turn];
  }
  return medianLab(
    lab,
    paint.filter((_, turn) => alike[turn] >= 0.5 * most),
  );
}

/**
 * Dabs without those that lie outside a drawing and so colour no part of it.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Uint8ClampedArray} hints RGBA
 * @param {Constants} constants
 */
export function dabsWithin(edges, size, hints, constants) {
  const { crayons, regions } = constants;
  if (!findDabs(hints).includes(1)) return hints; // nothing to leave out
  const pure = unmixed(hints, size, constants);
  const { enclosed } = flood(edges, size, regions.HAND_GAP, false);
  if (!enclosed.includes(1)) return pure;
  const closed = dilate(enclosed, size, size, rectangle(regions.HAND_GAP));
  const { reached } = flood(edges, size, regions.GAP, false);
  const limbs = edges.map((tone, at) => (closed[at] ? 255 : tone));
  const toLine = lineDistance(edges, size);
  const toLimb = distanceTransform(limbs, size, size, 3);
  const sides = lineSides(edges, size);
  const within = pure.slice();
  for (let at = 0; at < edges.length; at += 1) {
    const isAway = toLine[at] > crayons.ON_LINE && toLimb[at] > crayons.ON_LIMB;
    // A part with a wide gap is not outside: there are lines on most sides of it.
    if (reached[at] && !closed[at] && isAway && sides[at] < crayons.SIDES) within[4 * at + 3] = 0;
  }
  return within;
}

/**
 * Dabs whose rims, mixed with what is below them, have the colour of the nearest that is of one
 * colour.
 * @param {Uint8ClampedArray} hints RGBA
 * @param {number} size
 * @param {Constants} constants
 */
function unmixed(hints, size, { crayons }) {
  const dabs = findDabs(hints);
  const keys = Int32Array.from(dabs, (isDab, at) =>
    isDab
      ? 1 + ((hints[4 * at] >> 4) << 8) + (hints[4 * at + 1] & 240) + (hints[4 * at + 2] >> 4)
      : 0,
  );
  const pure = dabs.map((isDab, at) => (isDab && isAlikeAround(keys, size, at) ? 1 : 0));
  if (!pure.includes(1)) return hints;
  const places = nearest(pure, size, size);
  const made = hints.slice();
  for (let at = 0; at < dabs.length; at += 1) {
    const from = places[at];
    if (!dabs[at] || keys[at] === keys[from]) continue;
    const across = (at % size) - (from % size);
    const down = Math.floor(at / size) - Math.floor(from / size);
    if (across ** 2 + down ** 2 > crayons.BLENDED ** 2) continue;
    made.set(hints.subarray(4 * from, 4 * from + 3), 4 * at);
  }
  return made;
}

/**
 * Are all neighbours of a pixel as it is?
 * @param {Int32Array} keys
 * @param {number} size
 * @param {number} at
 */
function isAlikeAround(keys, size, at) {
  const y = Math.floor(at / size);
  const x = at - y * size;
  for (let row = Math.max(0, y - 1); row <= Math.min(size - 1, y + 1); row += 1) {
    for (let column = Math.max(0, x - 1); column <= Math.min(size - 1, x + 1); column += 1) {
      if (keys[row * size + column] !== keys[at]) return false;
    }
  }
  return true;
}

/**
 * The closed parts of a drawing in which there is a dab, not only the rim of one; up to the lines
 * and with them.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Uint8Array} dabs
 * @param {Constants} constants
 */
export function dabbedParts(edges, size, dabs, constants) {
  const { GAP } = constants.regions;
  const { MEANT, FILLED } = constants.crayons;
  const parts = new Uint8Array(edges.length);
  if (!dabs.includes(1)) return parts;
  const regions = findRegions(edges, size, GAP, constants);
  const { count, labels } = connectedComponents(dabs, size, size, 8);
  for (let dab = 1; dab <= count; dab += 1) {
    const covered = regions.map(({ mask }) => {
      let area = 0;
      for (let at = 0; at < mask.length; at += 1) if (mask[at] && labels[at] === dab) area += 1;
      return area;
    });
    const most = Math.max(0, ...covered);
    regions.forEach(({ mask, area }, turn) => {
      const own = covered[turn];
      if (own && (own >= MEANT * most || own >= FILLED * area)) unite(parts, mask);
    });
  }
  if (!parts.includes(1)) return parts;
  const around = dilate(parts, size, size, rectangle(GAP + 2));
  const grown = toTheLines(parts, edges, size, GAP);
  for (let at = 0; at < grown.length; at += 1) if (around[at] && !edges[at]) grown[at] = 1;
  return grown;
}

/**
 * Where dabs colour a thing that has colours of its own: the closed parts with a dab, or, as such a
 * dab is meant for a limb, everything but the closed parts.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Uint8Array} dabs
 * @param {Constants} constants
 */
export function meantParts(edges, size, dabs, constants) {
  const parts = dabbedParts(edges, size, dabs, constants);
  if (parts.includes(1)) return parts;
  const all = new Uint8Array(edges.length).fill(1);
  return inverted(dabbedParts(edges, size, all, constants));
}
