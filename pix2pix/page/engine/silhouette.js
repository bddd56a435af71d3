import { findBackground, paintWithin } from './background.js';
import { blur, gaussianWeights } from './blur.js';
import { connectedComponents } from './components.js';
import { crop } from './crayons.js';
import { distanceTransform, nearest } from './distance.js';
import { cropFrame, doubledFrame, frameOf, pasteFrame } from './frames.js';
import { findHoles } from './matting.js';
import {
  cross,
  dilate,
  ellipse,
  erode,
  growWithin,
  inverted,
  maxFilter,
  openMask,
  rectangle,
} from './morphology.js';
import { clip, countSet, darkest, medianOf } from './numbers.js';
import { unite } from './regions.js';
import { findStraps } from './straps.js';

/** @import { Constants } from './constants.js' */

/**
 * What a picture shows, apart from its background.
 *
 * @typedef {object} Silhouette
 * @property {Uint8Array} body where the thing is, up to its lines
 * @property {Float32Array} alpha 0 to 1, at twice the size
 * @property {Float32Array} away 0 to 1, at twice the size: where paint that no outline holds begins
 */

/**
 * Finds the outline of a picture at twice its size, where the pen was.
 * @param {Uint8ClampedArray} picture RGB on white
 * @param {Uint8Array} drawn its edge map
 * @param {Uint8Array} lines at twice the size
 * @param {number} size
 * @param {boolean} hasHoles
 * @param {Constants} constants
 * @returns {Silhouette}
 */
export function findSilhouette(picture, drawn, lines, size, hasHoles, constants) {
  const { SOFT, RAMP, SMOKE, MARGIN } = constants.silhouette;
  const straps = hasHoles ? findStraps(drawn, size, constants) : null;
  const edges = straps?.edges ?? drawn;
  const background = findBackground(picture, edges, size, constants);
  if (straps) unite(background, findHoles(picture, straps, size, constants));
  const body = inverted(background);
  const strokes = aroundLooseLines(picture, edges, body, size, constants);
  unite(body, strokes);
  const filling = withinOpenLines(picture, body, strokes, size, constants);
  unite(body, filling);
  unite(body, paintWithin(picture, body, size, constants));
  const alpha = new Float32Array(lines.length);
  const away = new Float32Array(lines.length).fill(1);
  if (!body.includes(1)) return { body, alpha, away };
  // Paper costs as much as paint, and half of a drawing is paper.
  const small = frameOf(body, size, MARGIN);
  const large = doubledFrame(small);
  const { width, height } = large;
  const shape = cropFrame(body, size, 1, small);
  const walls = cropFrame(lines, 2 * size, 1, large);
  const outside = growBackground(
    inverted(shape),
    walls,
    cropFrame(strokes, size, 1, small),
    small.width,
    constants,
  );
  const depth = distanceTransform(inverted(outside), width, height, 5);
  const beyond = distanceTransform(outside, width, height, 5);
  for (let at = 0; at < depth.length; at += 1) depth[at] -= beyond[at];
  const paint = cropFrame(picture, size, 3, small);
  const moved = 2 * overpaint(paint, shape, small.width, constants);
  const [near, far] = SMOKE;
  // Where all is paint or paper around, blurring changes nothing.
  const [least, most] = [-far - 3 * SOFT - moved, 1 + RAMP + 3 * SOFT - moved];
  const rim = new Uint8Array(depth.length);
  for (let at = 0; at < rim.length; at += 1) {
    if (depth[at] > least && depth[at] < most) rim[at] = 1;
  }
  const soft = blur(depth, width, height, 1, gaussianWeights(SOFT), rim);
  for (let at = 0; at < soft.length; at += 1) {
    depth[at] = clip(0.5 + (soft[at] + moved - 1) / RAMP);
    beyond[at] = clip((-(soft[at] + moved) - near) / (far - near));
  }
  pasteFrame(depth, alpha, 2 * size, large);
  pasteFrame(beyond, away, 2 * size, large);
  if (filling.includes(1)) {
    beside(filling, body, edges, size, constants).forEach((ends, at) => {
      if (ends) away[at] = 1;
    });
  }
  return { body, alpha, away };
}

/**
 * Carries the colours of a body over its rim, where there is white in them.
 * @param {Uint8ClampedArray} picture RGB on white
 * @param {Uint8Array} body
 * @param {number} width
 * @param {Constants} constants
 */
export function bleed(picture, body, width, constants) {
  const { NEARBY, RIM, FULL } = constants.silhouette;
  const height = body.length / width;
  const strength = darkest(picture).map((shade) => 255 - shade);
  const strongest = maxFilter(strength, width, height, NEARBY);
  const depth = distanceTransform(body, width, height, 3);
  const share = Math.fround(FULL);
  const [mixed, pure] = RIM;
  const full = body.map((isIn, at) =>
    isIn && strength[at] >= Math.fround(share * strongest[at]) ? 1 : 0,
  );
  const sound = full.map((isFull, at) => (isFull || depth[at] >= pure ? 1 : 0));
  if (!sound.includes(1)) return picture;
  const source = nearest(sound, width, height);
  const faint = full.map((isFull, at) => (isFull || depth[at] >= pure ? 0 : 1));
  const soft = new Uint8ClampedArray(
    blur(crop(picture, source), width, height, 3, byteWeights(1), faint),
  );
  const carried = picture.slice();
  for (let at = faint.indexOf(1); at >= 0; at = faint.indexOf(1, at + 1)) {
    const part = clip((pure - depth[at]) / (pure - mixed));
    for (let from = 3 * at; from < 3 * at + 3; from += 1) {
      carried[from] = picture[from] * (1 - part) + soft[from] * part;
    }
  }
  return carried;
}

/**
 * A Gaussian in steps of 1/256, as OpenCV blurs bytes.
 * @param {number} deviation
 */
function byteWeights(deviation) {
  const [, ...beside] = gaussianWeights(deviation, 3).map((weight) => Math.round(256 * weight));
  const middle = 256 - 2 * beside.reduce((total, weight) => total + weight, 0);
  return [middle, ...beside].map((weight) => weight / 256);
}

/**
 * Paint around lines that enclose nothing, such as a handle or an arm; 1 where it is.
 * @param {Uint8ClampedArray} picture
 * @param {Uint8Array} edges
 * @param {Uint8Array} body
 * @param {number} size
 * @param {Constants} constants
 */
function aroundLooseLines(picture, edges, body, size, { silhouette }) {
  const core = erode(body, size, size, rectangle(5));
  const solid = dilate(core, size, size, rectangle(9));
  const loose = edges.map((tone, at) => (tone || solid[at] ? 0 : 1));
  if (!loose.includes(1)) return loose;
  const [width, height] = silhouette.STROKE;
  const near = dilate(loose, size, size, ellipse(width, height));
  const shade = darkest(picture);
  const strength = shade.map((value, at) => (near[at] ? 255 - value : 0));
  const strongest = maxFilter(strength, size, size, width);
  return near.map((isNear, at) =>
    isNear && strength[at] > Math.max(0.5 * strongest[at], silhouette.PALE) ? 1 : 0,
  );
}

/**
 * Paint that fills an outline which is not closed yet, beside its lines; 1 where it is.
 * @param {Uint8ClampedArray} picture
 * @param {Uint8Array} body
 * @param {Uint8Array} strokes
 * @param {number} size
 * @param {Constants} constants
 */
function withinOpenLines(picture, body, strokes, size, { silhouette }) {
  if (!strokes.includes(1)) return strokes;
  const strength = darkest(picture).map((shade) => 255 - shade);
  const disc = ellipse(silhouette.OPEN[0], silhouette.OPEN[1]);
  /** @param {number} least */
  const widerThan = (least) => {
    const strong = strength.map((value) => (value > least ? 1 : 0));
    return openMask(strong, size, size, disc);
  };
  const wide = widerThan(silhouette.FAINT);
  if (!wide.includes(1)) return wide;
  const least = leastStrength(strength, wide, body, strokes, silhouette);
  const { labels } = connectedComponents(widerThan(least), size, size, 8);
  const touched = new Set(labels.filter((_, at) => strokes[at]));
  return body.map((isIn, at) => (!isIn && labels[at] && touched.has(labels[at]) ? 1 : 0));
}

/**
 * The strength of paint that fills an open outline: in white fur, it is as light as that is.
 * @param {Uint8Array} strength
 * @param {Uint8Array} wide where paint is no thin line
 * @param {Uint8Array} body
 * @param {Uint8Array} strokes
 * @param {Constants['silhouette']} constants
 */
function leastStrength(strength, wide, body, strokes, { CLOSED, FAINT, LIGHT, OPEN_STRENGTH }) {
  const closed = wide.map((isWide, at) => (isWide && body[at] && !strokes[at] ? 1 : 0));
  const sample = countSet(closed) < CLOSED * countSet(wide) ? wide : closed;
  const counts = new Int32Array(256);
  let usual = 0;
  for (let at = 0; at < strength.length; at += 1) {
    if (sample[at]) counts[strength[at]] += 1;
    if (strokes[at] && strength[at] > usual) usual = strength[at];
  }
  const [share, light] = LIGHT;
  const limit = share * countSet(sample);
  let [tone, lighter] = [0, counts[0]];
  while (lighter <= limit) {
    tone += 1;
    lighter += counts[tone];
  }
  return Math.max(Math.min(OPEN_STRENGTH * usual, light * tone), FAINT);
}

/**
 * 1 where a filling ends without a line, at twice the size; it overlaps the filling's rim, so that
 * its paint fades as it was painted.
 * @param {Uint8Array} filling
 * @param {Uint8Array} body
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
function beside(filling, body, edges, size, { silhouette }) {
  const far = distanceTransform(inverted(filling), size, size, 3);
  const lined = body.map((isIn, at) => (isIn && !filling[at] ? 1 : 0));
  const other = distanceTransform(inverted(lined), size, size, 3);
  const inner = erode(body, size, size, rectangle(silhouette.OVERLAP));
  const lines = distanceTransform(edges, size, size, 3);
  const ends = inner.map((isInner, at) =>
    !isInner && far[at] < other[at] && lines[at] > silhouette.AT_LINES ? 1 : 0,
  );
  return doubled(ends, size);
}

/**
 * The background at twice its size, up to lines near it; it does not grow into strokes.
 * @param {Uint8Array} background
 * @param {Uint8Array} lines at twice the size
 * @param {Uint8Array} strokes
 * @param {number} width
 * @param {Constants} constants
 */
function growBackground(background, lines, strokes, width, { silhouette }) {
  const { SNAP } = silhouette;
  const [wide, high] = [2 * width, lines.length / (2 * width)];
  const around = rectangle(2 * SNAP + 1);
  const large = doubled(background, width);
  const kept = doubled(strokes, width);
  const ink = lines.map((tone) => (tone ? 0 : 1));
  // Lines are 8-connected: without a cross around each pixel, paper would leak through diagonals.
  const walls = dilate(ink, wide, high, cross());
  const free = dilate(large, wide, high, around);
  for (let at = 0; at < free.length; at += 1) if (walls[at] || kept[at]) free[at] = 0;
  return growWithin(erode(large, wide, high, around), free, wide, high, 2 * SNAP, true);
}

/**
 * A mask twice as wide and high.
 * @param {Uint8Array} mask
 * @param {number} width
 */
function doubled(mask, width) {
  const wide = 2 * width;
  const out = new Uint8Array(4 * mask.length);
  for (let at = 0; at < out.length; at += 1) {
    const y = (at / wide) | 0;
    out[at] = mask[(y >> 1) * width + ((at - y * wide) >> 1)];
  }
  return out;
}

/**
 * How far the paint goes beyond the lines, px; below 0 where it ends before them.
 * @param {Uint8ClampedArray} picture
 * @param {Uint8Array} body
 * @param {number} width
 * @param {Constants} constants
 */
function overpaint(picture, body, width, { silhouette }) {
  const { CORE, LEAST_CORE, PALE, SPREAD } = silhouette;
  const height = body.length / width;
  const strength = new Float32Array(darkest(picture).map((shade) => 255 - shade));
  const inside = distanceTransform(body, width, height, 3);
  const outside = distanceTransform(inverted(body), width, height, 3);
  const core = strength.filter((_, at) => inside[at] > CORE[0] && inside[at] < CORE[1]);
  const usual = core.length >= LEAST_CORE ? medianOf(core) : 0;
  if (usual < PALE) return 0;
  /**
   * @param {Float32Array} distance
   * @param {number} px
   */
  const cover = (distance, px) => {
    let [sum, count] = [0, 0];
    for (let at = 0; at < distance.length; at += 1) {
      if (Math.abs(distance[at] - px) > 0.5) continue;
      sum += strength[at];
      count += 1;
    }
    return count ? Math.min(1, sum / count / usual) : 0;
  };
  let beyond = 0;
  for (let px = 1; px <= SPREAD; px += 1) beyond += cover(outside, px);
  for (let px = 1; px < SPREAD; px += 1) beyond -= 1 - cover(inside, px);
  return clip(beyond, -1, SPREAD - 1);
}
