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
  const labels = new Int32Array(mask.length);
  const queue = new Int32Array(mask.length);
  const areas = [0];
  /** @type {[number, number][]} */
  const centres = [[0, 0]];
  for (let start = mask.indexOf(1); start >= 0; start = mask.indexOf(1, start + 1)) {
    if (labels[start]) continue;
    const label = areas.length;
    let [end, sumX, sumY] = [1, 0, 0];
    queue[0] = start;
    labels[start] = label;
    for (let next = 0; next < end; next += 1) {
      const at = queue[next];
      const y = (at / width) | 0;
      const x = at - y * width;
      sumX += x;
      sumY += y;
      const [left, right] = [x > 0 ? -1 : 0, x < width - 1 ? 1 : 0];
      for (let row = y > 0 ? -width : 0; row <= (y < height - 1 ? width : 0); row += width) {
        const sides = connectivity === 8 || row === 0;
        for (let side = sides ? left : 0; side <= (sides ? right : 0); side += 1) {
          const other = at + row + side;
          if (mask[other] && !labels[other]) {
            labels[other] = label;
            queue[end] = other;
            end += 1;
          }
        }
      }
    }
    areas.push(end);
    centres.push([sumX / end, sumY / end]);
  }
  return { count: areas.length - 1, labels, areas, centres };
}

/**
 * What is reached from seeds without crossing walls, to four sides.
 * @param {Uint8Array} walls of 0 and 1
 * @param {number} width
 * @param {number} height
 * @param {boolean} fromBelow whether the lower border is a seed, too
 */
export function floodFromBorder(walls, width, height, fromBelow) {
  const reached = new Uint8Array(walls.length);
  const queue = new Int32Array(walls.length);
  let end = 0;
  /** @param {number} at */
  const visit = (at) => {
    if (walls[at] || reached[at]) return;
    reached[at] = 1;
    queue[end] = at;
    end += 1;
  };
  for (let x = 0; x < width; x += 1) {
    visit(x);
    if (fromBelow) visit((height - 1) * width + x);
  }
  for (let y = 0; y < height; y += 1) {
    visit(y * width);
    visit(y * width + width - 1);
  }
  for (let next = 0; next < end; next += 1) {
    const at = queue[next];
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < walls.length - width) visit(at + width);
  }
  return reached;
}
