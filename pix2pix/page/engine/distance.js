/** Weights of a step to the side, aslant, and of a knight's move, as OpenCV's for `DIST_L2`. */
const STEPS = {
  3: [0.955, 1.3693].map(Math.fround),
  5: [1, 1.4, 2.1969].map(Math.fround),
};
const FAR = 3.4028234663852886e38; // where nothing is near

/**
 * How far each pixel is from the nearest that is 0: chamfer distances (Borgefors 1986).
 * @param {Uint8Array} mask
 * @param {number} width
 * @param {number} height
 * @param {3 | 5} size of the neighbourhood: 5 is more exact
 */
export function distanceTransform(mask, width, height, size) {
  const wide = width + 4;
  const far = new Float32Array(wide * (height + 4)).fill(FAR);
  const spread = size === 3 ? spread3 : spread5;
  for (let y = 0; y < height; y += 1) {
    const at = (y + 2) * wide + 2;
    for (let x = 0; x < width; x += 1) if (!mask[y * width + x]) far[at + x] = 0;
    spread(far, at, at + width, wide, 1);
  }
  const out = new Float32Array(width * height);
  for (let y = height - 1; y >= 0; y -= 1) {
    const at = (y + 2) * wide + 2;
    spread(far, at + width - 1, at - 1, wide, -1);
    out.set(far.subarray(at, at + width), y * width);
  }
  return out;
}

const [SIDE3, SLANT3] = STEPS[3];
const [SIDE5, SLANT5, KNIGHT5] = STEPS[5];

/**
 * Shortens the distances of a row by those of the neighbours that lie behind.
 * @param {Float32Array} far
 * @param {number} start
 * @param {number} end
 * @param {number} wide
 * @param {1 | -1} turn where to
 */
function spread3(far, start, end, wide, turn) {
  let beside = far[start - turn];
  for (let at = start, row = start - turn * wide; at !== end; at += turn, row += turn) {
    let least = far[at];
    if (least > SIDE3) {
      let way = far[row - 1] + SLANT3;
      if (way < least) least = way;
      way = far[row + 1] + SLANT3;
      if (way < least) least = way;
      way = far[row] + SIDE3;
      if (way < least) least = way;
      way = beside + SIDE3;
      if (way < least) least = way;
      far[at] = least;
    }
    beside = Math.fround(least);
  }
}

/**
 * @param {Float32Array} far
 * @param {number} start
 * @param {number} end
 * @param {number} wide
 * @param {1 | -1} turn
 */
function spread5(far, start, end, wide, turn) {
  let beside = far[start - turn];
  const next = turn * wide;
  for (let at = start, row = start - next; at !== end; at += turn, row += turn) {
    let least = far[at];
    if (least > SIDE3) {
      let way = far[row - next - 1] + KNIGHT5;
      if (way < least) least = way;
      way = far[row - next + 1] + KNIGHT5;
      if (way < least) least = way;
      way = far[row - 2] + KNIGHT5;
      if (way < least) least = way;
      way = far[row + 2] + KNIGHT5;
      if (way < least) least = way;
      way = far[row - 1] + SLANT5;
      if (way < least) least = way;
      way = far[row + 1] + SLANT5;
      if (way < least) least = way;
      way = far[row] + SIDE5;
      if (way < least) least = way;
      way = beside + SIDE5;
      if (way < least) least = way;
      far[at] = least;
    }
    beside = Math.fround(least);
  }
}

/** The steps of `nearest`, in the order in which OpenCV tries them: down, across, weight. */
const SHIFT = 65536;
const LONG = Math.round(SHIFT * STEPS[5][2]);
const ASLANT = Math.round(SHIFT * STEPS[5][1]);
const NEVER = 536870911;

/**
 * The nearest set pixel of each pixel, as an index.
 * @param {Uint8Array} known of 0 and 1, set somewhere
 * @param {number} width
 * @param {number} height
 */
export function nearest(known, width, height) {
  const wide = width + 4;
  const far = new Int32Array(wide * (height + 4)).fill(NEVER);
  const from = new Int32Array(far.length);
  const steps = [
    [-2 * wide - 1, LONG],
    [-2 * wide + 1, LONG],
    [-wide - 2, LONG],
    [-wide - 1, ASLANT],
    [-wide, SHIFT],
    [-wide + 1, ASLANT],
    [-wide + 2, LONG],
    [-1, SHIFT],
  ];
  const offsets = Int32Array.from(steps, ([offset]) => offset);
  const weights = Int32Array.from(steps, ([, weight]) => weight);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y + 2) * wide + x + 2;
      if (known[y * width + x]) {
        far[at] = 0;
        from[at] = y * width + x;
        continue;
      }
      let [least, source] = [NEVER, 0];
      for (let step = 0; step < 8; step += 1) {
        const other = at + offsets[step];
        if (far[other] + weights[step] < least) {
          least = far[other] + weights[step];
          source = from[other];
        }
      }
      far[at] = least;
      from[at] = source;
    }
  }
  const out = new Int32Array(width * height);
  for (let y = height - 1; y >= 0; y -= 1) {
    for (let x = width - 1; x >= 0; x -= 1) {
      const at = (y + 2) * wide + x + 2;
      let [least, source] = [far[at], from[at]];
      if (least > SHIFT) {
        for (let step = 0; step < 8; step += 1) {
          const other = at - offsets[step];
          if (far[other] + weights[step] < least) {
            least = far[other] + weights[step];
            source = from[other];
          }
        }
        far[at] = least;
        from[at] = source;
      }
      out[y * width + x] = source;
    }
  }
  return out;
}
