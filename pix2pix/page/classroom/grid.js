/**
 * In how many columns squares are largest, so that all of them fit.
 *
 * @param {number} count
 * @param {number} width of the room they have
 * @param {number} height
 * @param {number} gap between them
 */
export function columnsFor(count, width, height, gap) {
  let [best, largest] = [1, 0];
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const across = (width - gap * (columns - 1)) / columns;
    const side = Math.min(across, (height - gap * (rows - 1)) / rows);
    if (side > largest) [best, largest] = [columns, side];
  }
  return best;
}
