import { blur, gaussianWeights } from './blur.js';
import { clip, darkest, roundEven } from './numbers.js';
import { closedArea } from './regions.js';
import { resizeArea, resizeLinear } from './resize.js';

/** @import { Constants } from './constants.js' */

/**
 * Mixes paint into what is white of a picture, where there is much of it.
 * @param {Uint8ClampedArray} picture RGB, its paint as `plane` says
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Float32Array} plane
 * @param {Uint8Array[]} panes glass, which may shine
 * @param {Constants} constants
 */
export function limitGlare(picture, edges, size, plane, panes, constants) {
  const { LITTLE, MOST, PAINTED, REDUCED, ROOM, WIDE } = constants.glare;
  const count = edges.length;
  const closed = closedArea(edges, size, constants);
  const light = darkest(picture);
  const painted = new Float32Array(count);
  const white = new Float32Array(count);
  /** @param {number} at @param {number} channel */
  const paintAt = (at, channel) => Math.fround((plane[channel * count + at] + 1) * 127.5);
  for (let at = 0; at < count; at += 1) {
    const isPaint = light[at] < PAINTED || closed[at];
    if (!isPaint || plane[3 * count + at] <= 0 || panes.some((pane) => pane[at])) continue;
    painted[at] = 1;
    const usual = Math.min(paintAt(at, 0), paintAt(at, 1), paintAt(at, 2));
    white[at] = clip((light[at] - usual) / Math.max(255 - usual, ROOM));
  }
  const side = Math.floor(size / REDUCED);
  /** @param {Float32Array} data */
  const blurred = (data) => {
    const small = resizeArea({ width: size, height: size, data }, side, side);
    return blur(small.data, side, side, 1, gaussianWeights(WIDE));
  };
  const [whites, paints] = [blurred(white), blurred(painted)];
  const data = whites.map((sum, at) => sum / Math.max(paints[at], LITTLE));
  const average = resizeLinear({ width: side, height: side, data }, size, size).data;
  const out = picture.slice();
  for (let at = 0; at < count; at += 1) {
    const share = white[at] ? clip(1 - MOST / Math.max(average[at], LITTLE)) : 0;
    if (!share) continue;
    for (let channel = 0; channel < 3; channel += 1) {
      const level = picture[3 * at + channel];
      out[3 * at + channel] = roundEven(level + share * (paintAt(at, channel) - level));
    }
  }
  return out;
}
