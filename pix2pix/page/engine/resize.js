import { roundEven } from './numbers.js';

/**
 * A picture of any number of channels, row by row.
 *
 * @template {Uint8Array | Uint8ClampedArray | Float32Array} T
 * @typedef {{width: number, height: number, data: T}} Raster
 */

/** @typedef {{from: Int32Array, to: Int32Array, share: Float32Array}} Weights for each small pixel */

/**
 * Centres a raster on a square and resizes that.
 * @template {Uint8ClampedArray | Float32Array} T
 * @param {Raster<T>} raster
 * @param {number} channels
 * @param {number} size
 * @param {number} large px; a longer strip is made small before it is made square
 * @param {(raster: Raster<T>, width: number, height: number) => Raster<T>} resize
 * @returns {T}
 */
export function toSquare(raster, channels, size, large, resize) {
  const { width, height, data } = raster;
  const side = Math.max(width, height);
  if (width === height) return side === size ? data : resize(raster, size, size).data;
  const most = Math.max(large, size);
  if (side > most) {
    const [small, low] = [width, height].map((n) => Math.max(1, roundEven((n * size) / side)));
    return toSquare(resize(raster, small, low), channels, size, large, resize);
  }
  const square = /** @type {T} */ (like(data, side * side * channels));
  const [left, top] = [(side - width) >> 1, (side - height) >> 1];
  for (let y = 0; y < height; y += 1) {
    const row = data.subarray(y * width * channels, (y + 1) * width * channels);
    square.set(row, ((y + top) * side + left) * channels);
  }
  return toSquare({ width: side, height: side, data: square }, channels, size, large, resize);
}

/**
 * @param {Raster<Uint8ClampedArray>} raster RGBA
 * @param {number} width
 * @param {number} height
 * @returns {Raster<Uint8ClampedArray>}
 */
export function resizeNearest(raster, width, height) {
  const from = new Uint32Array(raster.data.slice().buffer);
  const to = new Uint32Array(width * height);
  const columns = Int32Array.from({ length: width }, (_, x) =>
    Math.min(raster.width - 1, Math.floor((x * raster.width) / width)),
  );
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(raster.height - 1, Math.floor((y * raster.height) / height));
    for (let x = 0; x < width; x += 1) {
      to[y * width + x] = from[row * raster.width + columns[x]];
    }
  }
  return { width, height, data: new Uint8ClampedArray(to.buffer) };
}

/**
 * Each pixel is the mean of those that it covers.
 * @param {Raster<Float32Array>} raster one channel, at least as large as the result
 * @param {number} width
 * @param {number} height
 * @returns {Raster<Float32Array>}
 */
export function resizeArea(raster, width, height) {
  const { data } = raster;
  const across = areaWeights(raster.width, width);
  const down = areaWeights(raster.height, height);
  const out = new Float32Array(width * height);
  const row = new Float32Array(width);
  const sum = new Float32Array(width);
  let filled = -1;
  for (let y = 0; y < height; y += 1) {
    sum.fill(0);
    for (let each = down.start[y]; each < down.start[y + 1]; each += 1) {
      if (filled !== down.places[each]) {
        filled = down.places[each];
        const from = filled * raster.width;
        for (let x = 0; x < width; x += 1) {
          let total = 0;
          for (let at = across.start[x]; at < across.start[x + 1]; at += 1) {
            const value = data[from + across.places[at]];
            if (value) total = Math.fround(total + Math.fround(value * across.shares[at]));
          }
          row[x] = total;
        }
      }
      const share = down.shares[each];
      for (let x = 0; x < width; x += 1) {
        if (row[x]) sum[x] += Math.fround(row[x] * share);
      }
    }
    out.set(sum, y * width);
  }
  return { width, height, data: out };
}

/**
 * Which pixels of a long side each of a short one covers, and by what share.
 * @param {number} long
 * @param {number} short
 */
function areaWeights(long, short) {
  const scale = long / short;
  /** @type {number[]} */
  const places = [];
  /** @type {number[]} */
  const shares = [];
  const start = [0];
  /**
   * @param {number} place
   * @param {number} share
   */
  const add = (place, share) => {
    places.push(place);
    shares.push(Math.fround(share));
  };
  for (let each = 0; each < short; each += 1) {
    const [from, to] = [each * scale, each * scale + scale];
    const cell = Math.min(scale, long - from);
    const last = Math.min(Math.floor(to), long - 1);
    const first = Math.min(Math.ceil(from), last);
    if (first - from > 1e-3) add(first - 1, (first - from) / cell);
    for (let place = first; place < last; place += 1) add(place, 1 / cell);
    if (to - last > 1e-3) add(last, Math.min(to - last, 1, cell) / cell);
    start.push(places.length);
  }
  return { places, shares, start };
}

/**
 * @param {Raster<Float32Array>} raster one channel, smaller than the result
 * @param {number} width
 * @param {number} height
 * @returns {Raster<Float32Array>}
 */
export function resizeLinear(raster, width, height) {
  const { data } = raster;
  const [across, down] = [linearWeights(raster.width, width), linearWeights(raster.height, height)];
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const [upper, lower] = [down.from[y] * raster.width, down.to[y] * raster.width];
    for (let x = 0; x < width; x += 1) {
      const [left, right, share] = [across.from[x], across.to[x], across.share[x]];
      const above = data[upper + left] * (1 - share) + data[upper + right] * share;
      const below = data[lower + left] * (1 - share) + data[lower + right] * share;
      out[y * width + x] = above * (1 - down.share[y]) + below * down.share[y];
    }
  }
  return { width, height, data: out };
}

/**
 * @param {number} short
 * @param {number} long
 * @returns {Weights}
 */
function linearWeights(short, long) {
  const [from, to] = [new Int32Array(long), new Int32Array(long)];
  const share = new Float32Array(long);
  for (let at = 0; at < long; at += 1) {
    const place = Math.fround(((at + 0.5) * short) / long - 0.5);
    const whole = Math.floor(place);
    from[at] = Math.min(short - 1, Math.max(0, whole));
    to[at] = Math.min(short - 1, from[at] + 1);
    share[at] = whole < 0 || whole >= short - 1 ? 0 : place - whole;
  }
  return { from, to, share };
}

/** Shares of four pixels in a row, for one a quarter beyond the second (Keys 1981, a = -0.75). */
const CUBIC = [-0.10546875, 0.87890625, 0.26171875, -0.03515625];

/**
 * Doubles a picture, bicubically.
 * @param {Raster<Uint8ClampedArray>} raster RGB
 * @returns {Raster<Uint8ClampedArray>}
 */
export function doubleCubic({ width, height, data }) {
  const wide = 2 * width;
  const across = new Float32Array(3 * wide * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < wide; x += 1) {
      const places = cubicPlaces(x, width);
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (let tap = 0; tap < 4; tap += 1) {
          sum += CUBIC[tap] * data[3 * (y * width + places[tap]) + channel];
        }
        across[3 * (y * wide + x) + channel] = sum;
      }
    }
  }
  const out = new Uint8ClampedArray(3 * wide * 2 * height);
  for (let y = 0; y < 2 * height; y += 1) {
    const places = cubicPlaces(y, height);
    for (let x = 0; x < 3 * wide; x += 1) {
      let sum = 0;
      for (let tap = 0; tap < 4; tap += 1) sum += CUBIC[tap] * across[places[tap] * 3 * wide + x];
      out[y * 3 * wide + x] = sum;
    }
  }
  return { width: wide, height: 2 * height, data: out };
}

/**
 * The four pixels around one of the doubled side, the nearest second.
 * @param {number} at
 * @param {number} side
 */
function cubicPlaces(at, side) {
  const [near, turn] = [at >> 1, at % 2 ? 1 : -1];
  return [-1, 0, 1, 2].map((step) => Math.min(side - 1, Math.max(0, near + turn * step)));
}

/**
 * @param {Uint8ClampedArray | Float32Array} data
 * @param {number} length
 */
function like(data, length) {
  return data instanceof Float32Array ? new Float32Array(length) : new Uint8ClampedArray(length);
}
