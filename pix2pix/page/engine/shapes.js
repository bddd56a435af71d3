/**
 * Draws a line one pixel wide, both ends included (Bresenham 1965), as OpenCV does.
 * @param {Uint8Array} mask
 * @param {number} width
 * @param {number[]} from x and y
 * @param {number[]} to
 */
export function drawLine(mask, width, from, to) {
  let [[x, y], [endX, endY]] = [from, to];
  if (endX < x) [x, y, endX, endY] = [endX, endY, x, y];
  const [across, down] = [endX - x, Math.abs(endY - y)];
  const turn = endY < y ? -1 : 1;
  const isSteep = down > across;
  const [long, short] = isSteep ? [down, across] : [across, down];
  let error = long - 2 * short;
  for (let step = 0; step <= long; step += 1) {
    mask[y * width + x] = 1;
    const aside = error < 0;
    error += (aside ? 2 * long : 0) - 2 * short;
    if (isSteep || aside) y += turn;
    if (!isSteep || aside) x += 1;
  }
}

/**
 * Visits the rows of a circle: y, first and last x. Its rim consists of the ends of these rows.
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {(y: number, left: number, right: number) => void} visit
 */
export function eachCircleRow(x, y, radius, visit) {
  let [error, plus, minus] = [0, 1, 2 * radius - 1];
  for (let [far, near] = [radius, 0]; far >= near; ) {
    visit(y - near, x - far, x + far);
    visit(y + near, x - far, x + far);
    visit(y - far, x - near, x + near);
    visit(y + far, x - near, x + near);
    near += 1;
    error += plus;
    plus += 2;
    if (error > 0) {
      error -= minus;
      far -= 1;
      minus -= 2;
    }
  }
}

/**
 * The area of the convex hull of points (monotone chain, Andrew 1979).
 * @param {[number, number][]} points sorted by their first, then their second number
 */
export function hullArea(points) {
  return points.length < 3 ? 0 : polygonArea(convexHull(points));
}

/**
 * The corners of the convex hull of points.
 * @param {[number, number][]} points sorted by their first, then their second number
 */
export function convexHull(points) {
  return [...halfHull(points), ...halfHull(points.toReversed())];
}

/** @param {[number, number][]} hull */
export function polygonArea(hull) {
  let twice = 0;
  hull.forEach(([x, y], at) => {
    const [nextX, nextY] = hull[(at + 1) % hull.length];
    twice += x * nextY - y * nextX;
  });
  return Math.abs(twice) / 2;
}

/** @param {[number, number][]} points */
function halfHull(points) {
  /** @type {[number, number][]} */
  const hull = [];
  for (const [x, y] of points) {
    while (hull.length > 1) {
      const [[fromX, fromY], [overX, overY]] = hull.slice(-2);
      if ((overX - fromX) * (y - fromY) > (overY - fromY) * (x - fromX)) break;
      hull.pop();
    }
    hull.push([x, y]);
  }
  return hull.slice(0, -1);
}
