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
  const light = Float32Array.from({ length: size * size }, (_, at) => lab[3 * at]);
  const side = Math.floor(size / contrast.REDUCED);
  const small = resizeArea({ width: size, height: size, data: light }, side, side);
  const data = blur(small.data, side, side, 1, gaussianWeights(contrast.WIDE));
  const around = resizeLinear({ width: side, height: side, data }, size, size).data;
  const out = new Uint8ClampedArray(picture.length);
  for (let at = 0; at < light.length; at += 1) {
    const lightness = clip(light[at] + amount * (light[at] - around[at]), 0, 100);
    writeRgb(lightness, lab[3 * at + 1], lab[3 * at + 2], out, 3 * at);
  }
  return out;
}
