/**
 * A structuring element: its rows, with the first and the last column of each, from its anchor.
 *
 * @typedef {object} Kernel
 * @property {number} width
 * @property {number} height
 * @property {boolean} isRectangle
 * @property {{down: number, from: number, to: number}[]} rows
 */

/**
 * @param {number} width
 * @param {number} [height]
 * @returns {Kernel}
 */
export function rectangle(width, height = width) {
  const [left, top] = [width >> 1, height >> 1];
  const rows = Array.from({ length: height }, (_, row) => ({
    down: row - top,
    from: -left,
    to: width - 1 - left,
  }));
  return { width, height, isRectangle: true, rows };
}

/**
 * An ellipse that fills a box, as `cv2.getStructuringElement` makes it.
 * @param {number} width
 * @param {number} [height]
 * @returns {Kernel}
 */
export function ellipse(width, height = width) {
  const [across, down] = [width >> 1, height >> 1];
  const rows = [];
  for (let row = 0; row < height; row += 1) {
    const y = row - down;
    if (Math.abs(y) > down) continue;
    const share = down ? Math.sqrt((down * down - y * y) / (down * down)) : 0;
    const reach = Math.round(across * share);
    rows.push({ down: y, from: -reach, to: Math.min(reach, width - 1 - across) });
  }
  return { width, height, isRectangle: false, rows };
}

/** @returns {Kernel} */
export function cross() {
  return {
    width: 3,
    height: 3,
    isRectangle: false,
    rows: [
      { down: -1, from: 0, to: 0 },
      { down: 0, from: -1, to: 1 },
      { down: 1, from: 0, to: 0 },
    ],
  };
}

/**
 * Sets every pixel whose kernel touches the mask; nothing is set beyond its border.
 * @param {Uint8Array} mask of 0 and 1
 * @param {number} width
 * @param {number} height
 * @param {Kernel} kernel
 */
export function dilate(mask, width, height, kernel) {
  return kernel.isRectangle
    ? dilateRectangle(mask, width, height, kernel)
    : dilateRows(mask, width, height, kernel);
}

/**
 * Keeps the pixels whose kernel lies in the mask; all is set beyond its border.
 * @param {Uint8Array} mask of 0 and 1
 * @param {number} width
 * @param {number} height
 * @param {Kernel} kernel
 */
export function erode(mask, width, height, kernel) {
  return inverted(dilate(inverted(mask), width, height, kernel));
}

/**
 * @param {Uint8Array} mask of 0 and 1
 * @param {number} width
 * @param {number} height
 * @param {Kernel} kernel
 */
export function openMask(mask, width, height, kernel) {
  return dilate(erode(mask, width, height, kernel), width, height, kernel);
}

/**
 * @param {Uint8Array} mask of 0 and 1
 * @param {number} width
 * @param {number} height
 * @param {Kernel} kernel
 */
export function closeMask(mask, width, height, kernel) {
  return erode(dilate(mask, width, height, kernel), width, height, kernel);
}

/**
 * Grows a mask where it is free to, step by step (geodesic dilation); what is not free is cleared.
 * @param {Uint8Array} mask of 0 and 1
 * @param {Uint8Array} free not 0 where the mask may be
 * @param {number} width
 * @param {number} height
 * @param {number} steps if there are none, the mask is returned as it is
 * @param {boolean} isSlanting whether it grows to eight sides, not to four
 */
export function growWithin(mask, free, width, height, steps, isSlanting) {
  if (steps < 1) return mask;
  const out = dilate(mask, width, height, isSlanting ? rectangle(3) : cross());
  /** @type {number[]} */
  let rim = [];
  for (let at = 0; at < out.length; at += 1) {
    if (!free[at]) out[at] = 0;
    else if (out[at] && !mask[at]) rim.push(at);
  }
  for (let step = 1; step < steps && rim.length; step += 1) {
    /** @type {number[]} */
    const next = [];
    for (const at of rim) {
      const y = (at / width) | 0;
      const x = at - y * width;
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      const last = Math.min(height - 1, y + 1) * width;
      for (let row = Math.max(0, y - 1) * width; row <= last; row += width) {
        const isOwn = row === y * width;
        const [from, to] = isSlanting || isOwn ? [row + left, row + right] : [row + x, row + x];
        for (let other = from; other <= to; other += 1) {
          if (out[other] || !free[other]) continue;
          out[other] = 1;
          next.push(other);
        }
      }
    }
    rim = next;
  }
  return out;
}

/** @param {Uint8Array} mask of 0 and 1 */
export function inverted(mask) {
  const out = new Uint8Array(mask.length);
  for (let at = 0; at < mask.length; at += 1) out[at] = mask[at] ^ 1;
  return out;
}

const FEW = 24; // pixels, which a loop fills faster

/**
 * Each run of set pixels widens by each row of the kernel.
 * @param {Uint8Array} mask
 * @param {number} width
 * @param {number} height
 * @param {Kernel} kernel
 */
function dilateRows(mask, width, height, kernel) {
  const out = new Uint8Array(mask.length);
  for (let first = mask.indexOf(1); first >= 0; first = mask.indexOf(1, first)) {
    const y = (first / width) | 0;
    const row = y * width;
    let end = first + 1;
    while (end < row + width && mask[end]) end += 1;
    for (const { down, from, to } of kernel.rows) {
      const other = y - down;
      if (other < 0 || other >= height) continue;
      const shift = (other - y) * width;
      const start = Math.max(row, first - to) + shift;
      const stop = Math.min(row + width, end - from) + shift;
      if (stop - start > FEW) out.fill(1, start, stop);
      else for (let at = start; at < stop; at += 1) out[at] = 1;
    }
    first = end;
  }
  return out;
}

/**
 * @param {Uint8Array} mask
 * @param {number} width
 * @param {number} height
 * @param {Kernel} kernel
 */
function dilateRectangle(mask, width, height, kernel) {
  const [first] = kernel.rows;
  const across = dilateRows(mask, width, height, { ...kernel, rows: [{ ...first, down: 0 }] });
  // Four pixels at a time, with as many empty rows around as the kernel has.
  const wide = (width + 3) & ~3;
  const rows = height + 2 * kernel.height;
  const bytes = new Uint8Array(wide * rows);
  for (let y = 0; y < height; y += 1) {
    bytes.set(across.subarray(y * width, (y + 1) * width), (y + kernel.height) * wide);
  }
  const quads = new Uint32Array(bytes.buffer);
  // Each row takes what is set in the `reached` rows from it on, twice as many with each turn.
  let reached = 1;
  while (reached < kernel.height) {
    const more = Math.min(reached, kernel.height - reached);
    const shift = (more * wide) >> 2;
    for (let at = 0, from = shift; from < quads.length; at += 1, from += 1)
      quads[at] |= quads[from];
    reached += more;
  }
  const top = kernel.height + first.down; // of what the first row takes
  const out = new Uint8Array(mask.length);
  for (let y = 0; y < height; y += 1) {
    const from = (y + top) * wide;
    out.set(bytes.subarray(from, from + width), y * width);
  }
  return out;
}

/**
 * The greatest value within a rectangle around each pixel.
 * @template {Uint8Array | Float32Array} T
 * @param {T} values
 * @param {number} width
 * @param {number} height
 * @param {number} side odd
 * @returns {T}
 */
export function maxFilter(values, width, height, side) {
  const reach = side >> 1;
  const across = /** @type {T} */ (values.slice());
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    for (let x = 0; x < width; x += 1) {
      const end = row + Math.min(width - 1, x + reach);
      let most = values[row + x];
      for (let at = row + Math.max(0, x - reach); at <= end; at += 1) {
        if (values[at] > most) most = values[at];
      }
      across[row + x] = most;
    }
  }
  const out = /** @type {T} */ (across.slice());
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    const end = Math.min(height - 1, y + reach);
    for (let other = Math.max(0, y - reach); other <= end; other += 1) {
      const from = other * width;
      for (let x = 0; x < width; x += 1) {
        if (across[from + x] > out[row + x]) out[row + x] = across[from + x];
      }
    }
  }
  return out;
}
