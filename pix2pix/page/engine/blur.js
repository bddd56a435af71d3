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
 */
export function blur(data, width, height, channels, weights) {
  const across = new Float32Array(data.length);
  const stride = width * channels;
  const columns = Array.from(weights, (_, tap) =>
    Int32Array.from({ length: width }, (_, x) => channels * mirrored(x + tap, width)),
  );
  const back = Array.from(weights, (_, tap) =>
    Int32Array.from({ length: width }, (_, x) => channels * mirrored(x - tap, width)),
  );
  for (let y = 0; y < height; y += 1) {
    const row = y * stride;
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        const from = row + channel;
        let sum = weights[0] * data[from + x * channels];
        for (let tap = 1; tap < weights.length; tap += 1) {
          sum += weights[tap] * (data[from + columns[tap][x]] + data[from + back[tap][x]]);
        }
        across[from + x * channels] = sum;
      }
    }
  }
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y += 1) {
    const row = y * stride;
    for (let x = 0; x < stride; x += 1) out[row + x] = weights[0] * across[row + x];
    for (let tap = 1; tap < weights.length; tap += 1) {
      const [above, below] = [mirrored(y - tap, height), mirrored(y + tap, height)];
      const weight = weights[tap];
      for (let x = 0; x < stride; x += 1) {
        out[row + x] += weight * (across[above * stride + x] + across[below * stride + x]);
      }
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
