import { blur } from './blur.js';
import { connectedComponents } from './components.js';
import { distanceTransform } from './distance.js';
import { dilate, inverted, maxFilter, openMask, rectangle } from './morphology.js';
import { clip, darkest, lightest, medianOf } from './numbers.js';
import { lineDistance, meet } from './regions.js';

/** @import { Constants } from './constants.js' */
/** @import { Straps } from './straps.js' */

/**
 * Paints straps, and the smudges of closed parts, with a patch of the thing.
 * @param {Uint8ClampedArray} picture RGB, its holes white
 * @param {Straps} straps of its drawing
 * @param {number} size
 * @param {Constants} constants
 */
export function paintLeather(picture, straps, size, constants) {
  const { PALE, TILE, MARGIN, SEAM, PURE } = constants.leather;
  const { edges, bands, holes } = straps;
  const distance = lineDistance(edges, size);
  const smudged = findSmudges(picture, straps, distance, size, constants);
  const thing = darkest(picture).map((shade, at) =>
    shade < PALE && edges[at] && smudged[at] < PURE && !bands[at] && !holes[at] ? 1 : 0,
  );
  const depth = distanceTransform(thing, size, size, 5);
  let middle = 0;
  for (let at = 0; at < depth.length; at += 1) if (depth[at] > depth[middle]) middle = at;
  const half = Math.min(TILE, Math.trunc(depth[middle] / Math.SQRT2) - MARGIN);
  if (half < 2) return picture;
  const y = Math.floor(middle / size);
  const [top, left] = [y, middle - y * size].map((at) => clip(at - half, 0, size - 2 * half));
  /** @param {number} at */
  const thereAndBack = (at) => {
    const turn = at % (4 * half);
    return turn < 2 * half ? turn : 4 * half - 1 - turn;
  };
  /** @param {number} at */
  const leatherAt = (at) => {
    const row = Math.floor(at / size);
    const from = (top + thereAndBack(row)) * size + left + thereAndBack(at - row * size);
    return picture.subarray(3 * from, 3 * from + 3);
  };
  const painted = picture.slice();
  for (let at = 0; at < edges.length; at += 1) {
    const share = bands[at] ? 1 : smudged[at];
    if (!share) continue;
    const paint = leatherAt(at);
    const seam = bands[at] ? 1 - SEAM[0] * Math.exp(-distance[at] / SEAM[1]) : 1;
    for (let channel = 0; channel < 3; channel += 1) {
      const own = picture[3 * at + channel];
      painted[3 * at + channel] = own * (1 - share) + paint[channel] * seam * share;
    }
  }
  return paintCords(painted, straps, leatherAt, size, constants);
}

/**
 * Paints handles of one line, beside which is nothing but paper.
 * @param {Uint8ClampedArray} picture RGB
 * @param {Straps} straps of its drawing
 * @param {(at: number) => Uint8ClampedArray} leatherAt R, G, B for each pixel
 * @param {number} size
 * @param {Constants} constants
 */
function paintCords(picture, { edges, bands }, leatherAt, size, constants) {
  const { PALE, WIDE_PAINT, OFF, SHORTEST, CORD, ROUND } = constants.leather;
  const thing = darkest(picture).map((shade, at) => (shade < PALE || bands[at] ? 1 : 0));
  const wide = openMask(thing, size, size, rectangle(WIDE_PAINT));
  if (!wide.includes(1)) return picture;
  const off = distanceTransform(inverted(wide), size, size, 3);
  const loose = edges.map((tone, at) => (!tone && off[at] > OFF ? 1 : 0));
  const { count, labels } = connectedComponents(loose, size, size, 8);
  const lengths = new Uint32Array(count + 1);
  for (const label of labels) lengths[label] += 1;
  const cords = loose.map((isLoose, at) => (isLoose && lengths[labels[at]] >= SHORTEST ? 1 : 0));
  if (!cords.includes(1)) return picture;
  const [half, soft] = CORD;
  const away = distanceTransform(inverted(cords), size, size, 5);
  const painted = picture.slice();
  for (let at = 0; at < away.length; at += 1) {
    if (away[at] >= half + soft) continue;
    const shade = 1 - ROUND * clip(away[at] / half) ** 2;
    const share = clip((half + soft - away[at]) / soft);
    const paint = leatherAt(at);
    for (let channel = 0; channel < 3; channel += 1) {
      const own = picture[3 * at + channel];
      painted[3 * at + channel] = own * (1 - share) + paint[channel] * shade * share;
    }
  }
  return painted;
}

/**
 * How much of a smudge each pixel is, 0 to 1.
 * @param {Uint8ClampedArray} picture
 * @param {Straps} straps
 * @param {Float32Array} distance from lines
 * @param {number} size
 * @param {Constants} constants
 */
function findSmudges(picture, { parts, bands, holes }, distance, size, constants) {
  const { PALE, HOLE, SPECK, SMOOTH, DARK, DIM, WHITE, WIDE, RIM, NEAR } = constants.leather;
  const even = Array((SMOOTH + 1) / 2).fill(1 / SMOOTH);
  // The darkest nearby, as there are specks of light in smoke.
  const dark = maxFilter(
    lightest(picture).map((value) => -value),
    size,
    size,
    SPECK,
  );
  const light = blur(dark, size, size, 1, even).map((value) => -value);
  const shade = darkest(picture);
  const soft = blur(shade, size, size, 1, even);
  const smudged = new Float32Array(light.length);
  for (const { mask, area } of parts) {
    let pale = 0;
    for (let at = 0; at < mask.length; at += 1) if (mask[at] && shade[at] >= PALE) pale += 1;
    if (pale / area > HOLE || meet(mask, bands) || meet(mask, holes)) continue;
    const usual = Math.max(medianOf(light.filter((_, at) => mask[at])), 1);
    const own = medianOf(soft.filter((_, at) => mask[at]));
    const odd = mask.map((isIn, at) => {
      const ratio = light[at] / usual;
      const white = (soft[at] - own) / Math.max(255 - own, 1);
      return isIn && (ratio < DARK || white > WHITE) && distance[at] > WIDE ? 1 : 0;
    });
    const wide = dilate(odd, size, size, rectangle(RIM));
    for (let at = 0; at < mask.length; at += 1) {
      if (!mask[at]) continue;
      smudged[at] = Math.max(wide[at], clip((DIM - light[at] / usual) / (DIM - DARK)));
    }
  }
  return blur(smudged, size, size, 1, even).map(
    (value, at) => value * clip((distance[at] - NEAR[0]) / (NEAR[1] - NEAR[0])),
  );
}
