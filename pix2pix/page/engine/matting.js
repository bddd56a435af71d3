import { findBackground } from './background.js';
import { blur, gaussianWeights } from './blur.js';
import { connectedComponents, middlesOf } from './components.js';
import { distanceTransform } from './distance.js';
import { inverted } from './morphology.js';
import { clip, darkest, medianOf } from './numbers.js';
import { lineDistance, toTheLines, unite } from './regions.js';
import { findStraps } from './straps.js';

/** @import { Constants } from './constants.js' */
/** @import { Region } from './regions.js' */
/** @import { Straps } from './straps.js' */

/**
 * Cuts a picture out of its white background: all within the outline is opaque, however white.
 * @param {Uint8ClampedArray} picture RGB on white, whitened as by `background.js`
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {boolean} hasHoles whether a white region may be a hole, such as the loop of a handle
 * @param {Constants} constants
 * @returns {Uint8ClampedArray} RGBA, alpha not multiplied in
 */
export function cutOut(picture, edges, size, hasHoles, constants) {
  const { BARE, REACH, RIM, SOFT, FAINT } = constants.matting;
  const strength = darkest(picture).map((shade) => 255 - shade);
  const straps = hasHoles ? findStraps(edges, size, constants) : null;
  const background = findBackground(picture, straps?.edges ?? edges, size, constants);
  if (straps) unite(background, findHoles(picture, straps, size, constants));
  const body = inverted(background);
  const depth = distanceTransform(body, size, size, 5);
  const away = distanceTransform(background, size, size, 5);
  const source = strongestNear(strength, size, REACH);
  const soft = blur(body, size, size, 1, gaussianWeights(SOFT));
  const inside = Float32Array.from(strength.filter((value, at) => body[at] && value > BARE));
  const usual = inside.length ? medianOf(inside) : FAINT;
  const rgba = new Uint8ClampedArray(4 * body.length);
  for (let at = 0; at < body.length; at += 1) {
    // Away from the outline, only the rest of the paint tells how strong it should be.
    const isSmoke = away[at] > REACH && strength[source[at]] < usual;
    const full = isSmoke ? usual : strength[source[at]];
    const painted = clip((strength[at] - BARE) / Math.max(full - BARE, 1));
    const alpha = depth[at] > 2 ? 1 : Math.max(soft[at], painted);
    rgba[4 * at + 3] = 255 * alpha;
    if (!rgba[4 * at + 3]) continue;
    const share = clip(1 - (depth[at] - 1) / RIM);
    for (let channel = 0; channel < 3; channel += 1) {
      const own = picture[3 * at + channel];
      rgba[4 * at + channel] = isSmoke
        ? 255 - (255 - own) / Math.max(alpha, 1 / 255)
        : own * (1 - share) + picture[3 * source[at] + channel] * share;
    }
  }
  return rgba;
}

/**
 * Regions as white as the background, up to their lines, and what straps arch over; 1 where they are.
 * @param {Uint8ClampedArray} picture RGB
 * @param {Straps} straps of its drawing
 * @param {number} size
 * @param {Constants} constants
 */
export function findHoles(picture, { edges, holes, parts }, size, constants) {
  const { BARE, EMPTY } = constants.matting;
  const { HAND_GAP } = constants.regions;
  const shade = darkest(picture);
  /** @param {Region} region */
  const isEmpty = ({ mask, area }) => {
    let bare = 0;
    for (let at = 0; at < shade.length; at += 1) {
      if (mask[at] && 255 - shade[at] < BARE) bare += 1;
    }
    return bare / area > EMPTY;
  };
  const found = new Uint8Array(edges.length);
  const empty = parts.filter(isEmpty);
  const hasThing = empty.length < parts.length; // what is painted, though a hole may be larger
  for (const part of empty) {
    // Not the thing itself, nor a patch on a larger part.
    const larger = parts.filter((other) => other.area > part.area);
    if ((larger.length || hasThing) && !larger.some((other) => other.surrounds(part))) {
      unite(found, part.mask);
    }
  }
  const grown = toTheLines(found, edges, size, HAND_GAP, true);
  unite(grown, holes);
  return grown;
}

/**
 * Dabs without what they cover of a hole beside the line on which they lie.
 * @param {Uint8ClampedArray} picture RGB
 * @param {Straps} straps of its drawing
 * @param {Uint8Array} dabs
 * @param {number} size
 * @param {Constants} constants
 */
export function dabsOffHoles(picture, straps, dabs, size, constants) {
  if (!dabs.includes(1)) return dabs;
  const holes = findHoles(picture, straps, size, constants);
  const away = lineDistance(straps.edges, size);
  const { labels } = connectedComponents(dabs, size, size, 8);
  const isMeant = middlesOf(dabs, size).map(
    (at) => holes[at] && away[at] > constants.matting.ON_LINE,
  );
  return dabs.map((isDab, at) => (isDab && (!holes[at] || isMeant[labels[at] - 1]) ? 1 : 0));
}

/**
 * The strongest, then nearest, pixel within reach of each, as an index.
 * @param {Uint8Array} strength
 * @param {number} size
 * @param {number} reach
 */
function strongestNear(strength, size, reach) {
  const steps = [];
  for (let y = -reach; y <= reach; y += 1) {
    for (let x = -reach; x <= reach; x += 1) steps.push({ x, y });
  }
  steps.sort((one, other) => one.x ** 2 + one.y ** 2 - other.x ** 2 - other.y ** 2);
  const best = new Int16Array(strength.length).fill(-1);
  const source = new Int32Array(strength.length);
  for (const { x, y } of steps) {
    const [left, right] = [Math.max(0, -x), Math.min(size, size - x)];
    for (let row = Math.max(0, -y); row < Math.min(size, size - y); row += 1) {
      for (let at = row * size + left; at < row * size + right; at += 1) {
        const there = at + y * size + x;
        if (strength[there] <= best[at]) continue;
        best[at] = strength[there];
        source[at] = there;
      }
    }
  }
  return source;
}
