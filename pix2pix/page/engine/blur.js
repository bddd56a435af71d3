import { dilate, rectangle } from './morphology.js';
import { roundEven } from './numbers.js';

/** Weights from the middle outwards, as OpenCV has them for 3 and 5 px. */
export const SMALL_BLURS = { 3: [0.5, 0.25], 5: [0.375, 0.25, 0.0625] };

/**
 * Weights of a Gaussian from the middle outwards.
 * @param {number} deviation px
 * @param {number} reach deviations that count: 4, or 3 for bytes, as OpenCV has it
 */
export function gaussianWeights(deviation, reach = 4) {
  const half = (roundEven(deviation * reach * 2 + 1) | 1) >> 1;
  const weights = Array.from({ length: half + 1 }, (_, at) =>
    Math.exp(-(at ** 2) / (2 * deviation ** 2)),
  );
  const sum = 2 * weights.reduce((total, weight) => total + weight) - 1;
  return weights.map((weight) => weight / sum);
}

/**
 * Blurs along rows, then columns; pixels beyond the border mirror those within.
 * @param {Float32Array | Uint8Array | Uint8ClampedArray} data
 * @param {number} width
 * @param {number} height
 * @param {number} channels
 * @param {number[]} weights from the middle outwards
 * @param {Uint8Array | null} where 1 for each pixel that is wanted, 0 for those that may stay as
 *   they are
 */
export function blur(data, width, height, channels, weights, where = null) {
  const stride = width * channels;
  const taps = Float64Array.from(weights);
  const reach = taps.length - 1;
  const across = blurRows(data, width, height, channels, taps, where);
  const out = where ? new Float32Array(data) : new Float32Array(data.length);
  const above = new Int32Array(taps.length);
  const below = new Int32Array(taps.length);
  for (let y = 0; y < height; y += 1) {
    const row = y * stride;
    for (let tap = 1; tap <= reach; tap += 1) {
      above[tap] = mirrored(y - tap, height) * stride;
      below[tap] = mirrored(y + tap, height) * stride;
    }
    for (let x = 0; x < stride; x += 1) {
      if (where && !where[y * width + ((x / channels) | 0)]) continue;
      let sum = Math.fround(taps[0] * across[row + x]);
      for (let tap = 1; tap <= reach; tap += 1) {
        sum = Math.fround(sum + taps[tap] * (across[above[tap] + x] + across[below[tap] + x]));
      }
      out[row + x] = sum;
    }
  }
  return out;
}

/**
 * @param {Float32Array | Uint8Array | Uint8ClampedArray} data
 * @param {number} width
 * @param {number} height
 * @param {number} channels
 * @param {Float64Array} taps
 * @param {Uint8Array | null} where
 */
function blurRows(data, width, height, channels, taps, where) {
  const stride = width * channels;
  const reach = taps.length - 1;
  const pad = reach * channels;
  const line = new Float32Array(stride + 2 * pad); // a row with what mirrors beyond its ends
  const out = new Float32Array(data.length);
  const wanted = where && dilate(where, width, height, rectangle(1, 2 * reach + 1));
  for (let y = 0; y < height; y += 1) {
    const row = y * stride;
    line.set(data.subarray(row, row + stride), pad);
    for (let step = 1; step <= reach; step += 1) {
      const [before, behind] = [mirrored(-step, width), mirrored(width - 1 + step, width)];
      for (let channel = 0; channel < channels; channel += 1) {
        line[pad - step * channels + channel] = line[pad + before * channels + channel];
        const from = pad + behind * channels + channel;
        line[pad + (width - 1 + step) * channels + channel] = line[from];
      }
    }
    for (let x = 0; x < stride; x += 1) {
      if (wanted && !wanted[y * width + ((x / channels) | 0)]) continue;
      const at = x + pad;
      let sum = taps[0] * line[at];
      for (let tap = 1, far = channels; tap <= reach; tap += 1, far += channels) {
        sum += taps[tap] * (line[at + far] + line[at - far]);
      }
      out[row + x] = sum;
    }
  }
  return out;
}

/**
 * @param {number} place
 * @param {number} side
 */
function mirrored(place, side) {
  if (side === 1) return 0;
  const around = 2 * (side - 1);
  const at = ((place % around) + around) % around;
  return at < side ? at : around - at;
}
