import { blur, gaussianWeights } from './blur.js';
import { distanceTransform } from './distance.js';
import { dabAt, findDabs } from './hints.js';
import { clip, lightest, medianOf, roundEven } from './numbers.js';
import { findParts, flood, lineDistance, meet, watershed } from './regions.js';

/** @import { Constants } from './constants.js' */
/** @import { Colour } from './hints.js' */

/**
 * Adds a dab on each closed part, in colours that go with one another.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Uint8ClampedArray} hints RGBA; a part with a dab is left alone
 * @param {Colour} colour
 * @param {Constants} constants
 */
export function addHarmony(edges, size, hints, colour, constants) {
  const { GAPS, BESIDE, BESIDE_TURN, WITHIN_TURN, TINT } = constants.ink;
  const regions = findParts(edges, size, GAPS, constants);
  const largest = Math.max(0, ...regions.map(({ area }) => area));
  const dabs = findDabs(hints);
  const dabbed = hints.slice();
  for (const region of regions) {
    if (meet(region.mask, dabs)) continue;
    const depth = regions.filter((other) => other !== region && other.surrounds(region)).length;
    const isBeside = depth === 0 && region.area < BESIDE * largest;
    const made = isBeside
      ? turned(colour, BESIDE_TURN, 1)
      : turned(colour, depth ? WITHIN_TURN : 0, depth > 1 ? TINT : 1);
    dabAt(dabbed, size, region.middle, Math.max(1, size >> 7), made);
  }
  return dabbed;
}

/**
 * Evens out the paint of closed parts up to their lines; beside them, only ink is left.
 * @param {Uint8ClampedArray} picture RGB
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
export function cleanFills(picture, edges, size, constants) {
  const { GAPS, INK, NEAR_LINE, DARK } = constants.ink;
  const regions = findParts(edges, size, GAPS, constants);
  if (!regions.length) return picture;
  const light = lightest(picture);
  const markers = new Int32Array(flood(edges, size, Math.max(...GAPS), false).reached);
  const fills = [{ colour: [255, 255, 255], full: 255 }];
  for (const { mask, area } of regions) {
    /** @type {number[]} */
    const all = [];
    mask.forEach((isIn, at) => {
      if (isIn) all.push(at);
    });
    const paint = all.filter((at) => light[at] > DARK);
    const places = paint.length < Math.floor(area / 4) ? all : paint; // a black part
    const colour = [0, 1, 2].map((channel) => medianChannel(picture, places, channel));
    fills.push({ colour, full: Math.max(...colour) });
    for (const at of all) markers[at] = fills.length;
  }
  const labels = watershed(edges, size, markers, constants);
  const distance = lineDistance(edges, size);
  const cleaned = new Uint8ClampedArray(picture.length);
  for (let at = 0; at < labels.length; at += 1) {
    const { colour, full } = fills[labels[at] - 1];
    // A mixture of ink and paint is as dark as its share of ink; what is lighter has none.
    const isInk = distance[at] <= NEAR_LINE && full > DARK;
    const ink = isInk ? clip(1 - light[at] / Math.max(full, 1)) : 0;
    for (let channel = 0; channel < 3; channel += 1) {
      cleaned[3 * at + channel] = colour[channel] * (1 - ink) + INK[channel] * ink;
    }
  }
  return cleaned;
}

/**
 * @param {Uint8ClampedArray} picture
 * @param {number[]} places
 * @param {number} channel
 */
function medianChannel(picture, places, channel) {
  const levels = new Float32Array(places.length);
  for (let at = 0; at < levels.length; at += 1) levels[at] = picture[3 * places[at] + channel];
  return medianOf(levels);
}

/**
 * Draws the lines anew in ink, as smooth as the pen drew them.
 * @param {Uint8ClampedArray} cutout RGBA
 * @param {Uint8Array} lines 0 on lines one pixel wide
 * @param {number} size
 * @param {Constants} constants
 */
export function drawInk(cutout, lines, size, constants) {
  const { HALF_WIDTH, INK, SOFT, RAMP } = constants.ink;
  const distance = distanceTransform(lines, size, size, 5);
  const near = new Uint8Array(distance.length);
  for (let at = 0; at < near.length; at += 1) {
    if (distance[at] < HALF_WIDTH + RAMP + 3 * SOFT) near[at] = 1;
  }
  const away = blur(distance, size, size, 1, gaussianWeights(SOFT), near);
  const drawn = cutout.slice();
  for (let at = 0; at < away.length; at += 1) {
    if (!near[at] && cutout[4 * at + 3]) continue;
    const ink = clip(0.5 + (HALF_WIDTH - away[at]) / RAMP);
    const below = cutout[4 * at + 3] / 255;
    const alpha = ink + below * (1 - ink);
    drawn[4 * at + 3] = 255 * alpha;
    for (let channel = 0; channel < 3; channel += 1) {
      const mixed = INK[channel] * ink + cutout[4 * at + channel] * below * (1 - ink);
      drawn[4 * at + channel] = mixed / Math.max(alpha, 1e-3);
    }
  }
  return drawn;
}

/**
 * A colour farther round the colour wheel; a gray one gets a hue to be seen beside itself.
 * @param {Colour} colour
 * @param {number} turn
 * @param {number} saturated
 */
function turned(colour, turn, saturated) {
  let { hue, saturation, value } = toHsv(colour);
  if (turn) {
    saturation = Math.max(saturation, 0.6);
    value = Math.max(value, 0.85);
  }
  return fromHsv((hue + turn) % 1, saturation * saturated, value);
}

/** @param {Colour} colour */
function toHsv(colour) {
  const [red, green, blue] = colour.map((channel) => channel / 255);
  const [value, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  if (value === least) return { hue: 0, saturation: 0, value };
  const [r, g, b] = [red, green, blue].map((channel) => (value - channel) / (value - least));
  const sixth = red === value ? b - g : green === value ? 2 + r - b : 4 + g - r;
  return { hue: (sixth / 6 + 1) % 1, saturation: (value - least) / value, value };
}

/**
 * @param {number} hue
 * @param {number} saturation
 * @param {number} value
 * @returns {Colour}
 */
function fromHsv(hue, saturation, value) {
  const sector = Math.floor(hue * 6);
  const part = hue * 6 - sector;
  const low = value * (1 - saturation);
  const falling = value * (1 - saturation * part);
  const rising = value * (1 - saturation * (1 - part));
  const sectors = [
    [value, rising, low],
    [falling, value, low],
    [low, value, rising],
    [low, falling, value],
    [rising, low, value],
    [value, low, falling],
  ];
  return sectors[sector % 6].map((channel) => roundEven(255 * channel));
}
