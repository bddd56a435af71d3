/**
 * In how many columns squares are largest, so that all of them fit, and how large they are then.
 *
 * @param {number} count
 * @param {number} width of the room they have
 * @param {number} height
 * @param {number} gap between them
 */
export function gridFor(count, width, height, gap) {
  let best = { columns: 1, side: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const across = (width - gap * (columns - 1)) / columns;
    const side = Math.min(across, (height - gap * (rows - 1)) / rows);
    if (side > best.side) best = { columns, side };
  }
  return best;
}
