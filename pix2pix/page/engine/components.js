/**
 * The runs of a mask's rows, and how they hang together.
 *
 * @typedef {object} Runs
 * @property {number} count
 * @property {Int32Array} starts index of the first pixel of each run
 * @property {Int32Array} ends index behind the last
 * @property {Int32Array} roots the first run of the part to which each belongs
 */

/**
 * The connected parts of a mask, numbered from 1 in the order of their first pixels.
 *
 * @typedef {object} Components
 * @property {number} count of parts, without the rest
 * @property {Int32Array} labels 0 where nothing is set
 * @property {number[]} areas by label
 * @property {[x: number, y: number][]} centres by label
 */

/**
 * @param {Uint8Array} mask
 * @param {number} width
 * @param {number} height
 * @param {4 | 8} connectivity
 * @returns {Components}
 */
export function connectedComponents(mask, width, height, connectivity) {
  const { count, starts, ends, roots } = findRuns(mask, width, height, connectivity);
  const labels = new Int32Array(mask.length);
  const numbers = new Int32Array(count);
  const areas = [0];
  const sums = [[0, 0]];
  for (let run = 0; run < count; run += 1) {
    if (roots[run] === run) {
      numbers[run] = areas.length;
      areas.push(0);
      sums.push([0, 0]);
    }
    const label = numbers[roots[run]];
    const [start, end] = [starts[run], ends[run]];
    labels.fill(label, start, end);
    const y = (start / width) | 0;
    const length = end - start;
    areas[label] += length;
    sums[label][0] += (length * (start + end - 1 - 2 * y * width)) / 2;
    sums[label][1] += length * y;
  }
  const centres = sums.map(
    ([x, y], label) => /** @type {[number, number]} */ ([x / areas[label], y / areas[label]]),
  );
  return { count: areas.length - 1, labels, areas, centres };
}

/**
 * The box of each label.
 * @param {Int32Array | Uint8Array} labels
 * @param {number} size
 * @param {number} count
 */
export function boxesOf(labels, size, count) {
  const ends = Array.from({ length: count }, () => [size, size, -1, -1]);
  for (let at = 0; at < labels.length; at += 1) {
    if (!labels[at]) continue;
    const end = ends[labels[at]];
    const [x, y] = [at % size, Math.floor(at / size)];
    if (x < end[0]) end[0] = x;
    if (y < end[1]) end[1] = y;
    if (x > end[2]) end[2] = x;
    if (y > end[3]) end[3] = y;
  }
  return ends.map(([left, top, right, bottom]) => ({
    left,
    top,
    width: right - left + 1,
    height: bottom - top + 1,
  }));
}

/**
 * The box of all lines of a drawing.
 * @param {Uint8Array} edges
 * @param {number} size
 */
export function drawingBox(edges, size) {
  return boxesOf(
    edges.map((tone) => (tone ? 0 : 1)),
    size,
    2,
  )[1];
}

/**
 * The middles of a mask's connected parts, in pixels.
 * @param {Uint8Array} mask
 * @param {number} size
 */
export function middlesOf(mask, size) {
  const { centres } = connectedComponents(mask, size, size, 8);
  return centres.slice(1).map(([x, y]) => Math.floor(y + 0.5) * size + Math.floor(x + 0.5));
}

/**
 * What is reached from the border without crossing walls, to four sides.
 * @param {Uint8Array} walls of 0 and 1
 * @param {number} width
 * @param {number} height
 * @param {boolean} fromBelow whether the flood comes from the lower border, too
 */
export function floodFromBorder(walls, width, height, fromBelow) {
  const free = new Uint8Array(walls.length);
  for (let at = 0; at < walls.length; at += 1) free[at] = walls[at] ^ 1;
  const { count, starts, ends, roots } = findRuns(free, width, height, 4);
  const isReached = new Uint8Array(count);
  for (let run = 0; run < count; run += 1) {
    const y = (starts[run] / width) | 0;
    const isBeside = starts[run] === y * width || ends[run] === (y + 1) * width;
    if (isBeside || y === 0 || (fromBelow && y === height - 1)) isReached[roots[run]] = 1;
  }
  const reached = new Uint8Array(walls.length);
  for (let run = 0; run < count; run += 1) {
    if (isReached[roots[run]]) reached.fill(1, starts[run], ends[run]);
  }
  return reached;
}

/**
 * @param {Uint8Array} mask of 0 and 1
 * @param {number} width
 * @param {number} height
 * @param {4 | 8} connectivity
 * @returns {Runs}
 */
function findRuns(mask, width, height, connectivity) {
  const most = height * ((width + 1) >> 1);
  const starts = new Int32Array(most);
  const ends = new Int32Array(most);
  const roots = new Int32Array(most);
  const slant = connectivity === 8 ? 1 : 0;
  let count = 0;
  let [above, aboveEnd] = [0, 0]; // the runs of the row above
  for (let y = 0; y < height; y += 1) {
    const first = count;
    const rowEnd = (y + 1) * width;
    for (let at = y * width; at < rowEnd; at += 1) {
      if (!mask[at]) continue;
      const start = at;
      while (at < rowEnd && mask[at]) at += 1;
      starts[count] = start;
      ends[count] = at;
      roots[count] = count;
      while (above < aboveEnd && ends[above] + width + slant <= start) above += 1;
      for (let run = above; run < aboveEnd && starts[run] + width < at + slant; run += 1) {
        join(roots, run, count);
      }
      count += 1;
    }
    above = first;
    aboveEnd = count;
  }
  // A root is the least of its part, so that those before are settled already.
  for (let run = 0; run < count; run += 1) roots[run] = roots[roots[run]];
  return { count, starts, ends, roots };
}

/**
 * Unites the parts of two runs under the lesser root.
 * @param {Int32Array} roots
 * @param {number} one
 * @param {number} other
 */
function join(roots, one, other) {
  const [first, second] = [rootOf(roots, one), rootOf(roots, other)];
  if (first < second) roots[second] = first;
  else roots[first] = second;
}

/**
 * @param {Int32Array} roots
 * @param {number} run
 */
function rootOf(roots, run) {
  let root = run;
  while (roots[root] !== root) {
    roots[root] = roots[roots[root]];
    root = roots[root];
  }
  return root;
}

/**
 * Where a label is, as a mask.
 * @param {Int32Array} labels
 * @param {ArrayLike<number | boolean>} isWanted by label
 */
export function labelled(labels, isWanted) {
  const mask = new Uint8Array(labels.length);
  for (let at = 0; at < labels.length; at += 1) if (isWanted[labels[at]]) mask[at] = 1;
  return mask;
}
