/**
 * Rounds to the nearest integer, halves to the even one, as Python and NumPy do.
 * @param {number} value
 */
export function roundEven(value) {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/**
 * @param {number} value
 * @param {number} [low]
 * @param {number} [high]
 */
export function clip(value, low = 0, high = 1) {
  return Math.min(high, Math.max(low, value));
}

/**
 * How many pixels of a mask are set.
 * @param {Uint8Array} mask of 0 and 1
 */
export function countSet(mask) {
  let count = 0;
  for (let at = 0; at < mask.length; at += 1) count += mask[at];
  return count;
}

/**
 * The number that would be at `place` if `values` were sorted; reorders them.
 * @param {Float32Array} values
 * @param {number} place
 */
export function selectNth(values, place) {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let [left, right] = [low, high];
    while (left <= right) {
      while (values[left] < pivot) left += 1;
      while (values[right] > pivot) right -= 1;
      if (left <= right) {
        const kept = values[left];
        values[left] = values[right];
        values[right] = kept;
        left += 1;
        right -= 1;
      }
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else break;
  }
  return values[place];
}

/**
 * The median, as NumPy's; reorders the values.
 * @param {Float32Array} values not empty
 */
export function medianOf(values) {
  const middle = values.length >> 1;
  const upper = selectNth(values, middle);
  if (values.length % 2) return upper;
  return Math.fround(Math.fround(selectNth(values, middle - 1) + upper) / 2);
}

/**
 * The darkest channel of each pixel: low where there is paint of any colour.
 * @param {Uint8ClampedArray} picture RGB
 */
export function darkest(picture) {
  const least = new Uint8Array(picture.length / 3);
  for (let at = 0, from = 0; at < least.length; at += 1, from += 3) {
    least[at] = Math.min(picture[from], picture[from + 1], picture[from + 2]);
  }
  return least;
}

/**
 * The lightest channel of each pixel.
 * @template {Uint8ClampedArray | Float32Array} T
 * @param {T} picture RGB
 */
export function lightest(picture) {
  const most = new Float32Array(picture.length / 3);
  for (let at = 0, from = 0; at < most.length; at += 1, from += 3) {
    most[at] = Math.max(picture[from], picture[from + 1], picture[from + 2]);
  }
  return most;
}
