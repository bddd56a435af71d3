/** @typedef {{left: number, top: number, width: number, height: number}} Frame a part of a picture */

/**
 * Where a mask is set, with a margin.
 * @param {Uint8Array} mask set somewhere
 * @param {number} size
 * @param {number} margin
 * @returns {Frame}
 */
export function frameOf(mask, size, margin) {
  let [left, right, top, bottom] = [size, 0, size, 0];
  for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) {
    const y = (at / size) | 0;
    const x = at - y * size;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    bottom = y;
  }
  [left, top] = [Math.max(0, left - margin), Math.max(0, top - margin)];
  const width = Math.min(size, right + 1 + margin) - left;
  const height = Math.min(size, bottom + 1 + margin) - top;
  return { left, top, width, height };
}

/**
 * The same frame in a picture twice as large.
 * @param {Frame} frame
 * @returns {Frame}
 */
export function doubledFrame({ left, top, width, height }) {
  return { left: 2 * left, top: 2 * top, width: 2 * width, height: 2 * height };
}

/**
 * @template {Uint8Array | Uint8ClampedArray | Float32Array} T
 * @param {T} data
 * @param {number} size side of the whole
 * @param {number} channels
 * @param {Frame} frame
 * @returns {T}
 */
export function cropFrame(data, size, channels, { left, top, width, height }) {
  const out = data.slice(0, width * height * channels);
  for (let y = 0; y < height; y += 1) {
    const from = ((y + top) * size + left) * channels;
    out.set(data.subarray(from, from + width * channels), y * width * channels);
  }
  return /** @type {T} */ (out);
}

/**
 * Puts a part back where it was.
 * @param {Float32Array} part one channel
 * @param {Float32Array} whole changed in place
 * @param {number} size side of the whole
 * @param {Frame} frame
 */
export function pasteFrame(part, whole, size, { left, top, width, height }) {
  for (let y = 0; y < height; y += 1) {
    whole.set(part.subarray(y * width, (y + 1) * width), (y + top) * size + left);
  }
}
