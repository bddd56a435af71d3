import { blur, gaussianWeights } from './blur.js';
import { toLab, writeRgb } from './lab.js';
import { clip } from './numbers.js';
import { resizeArea, resizeLinear } from './resize.js';

/** @import { Constants } from './constants.js' */

/**
 * Strengthens how lightness differs from that around it: unsharp masking with a wide radius.
 * @param {Uint8ClampedArray} picture RGB, its background white
 * @param {number} size
 * @param {number} amount by how much of the difference
 * @param {Constants} constants
 */
export function strengthenContrast(picture, size, amount, { contrast }) {
  const lab = toLab(picture);
  const light = new Float32Array(size * size);
  for (let at = 0; at < light.length; at += 1) light[at] = lab[3 * at];
  const side = Math.floor(size / contrast.REDUCED);
  const small = resizeArea({ width: size, height: size, data: light }, side, side);
  const data = blur(small.data, side, side, 1, gaussianWeights(contrast.WIDE));
  const around = resizeLinear({ width: side, height: side, data }, size, size).data;
  const out = picture.slice();
  for (let at = 0; at < light.length; at += 1) {
    if (light[at] === 100) continue; // paper has nothing lighter around it
    const lightness = clip(light[at] + amount * (light[at] - around[at]), 0, 100);
    writeRgb(lightness, lab[3 * at + 1], lab[3 * at + 2], out, 3 * at);
  }
  return out;
}
