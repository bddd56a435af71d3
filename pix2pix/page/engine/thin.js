/** Guo and Hall's two passes: 1 where a pixel with these neighbours is peeled. */
const PEELED = peelTables();

function peelTables() {
  const tables = [new Uint8Array(256), new Uint8Array(256)];
  for (let code = 0; code < 256; code += 1) {
    // Clockwise from the one above, as in the paper.
    const [p2, p3, p4, p5, p6, p7, p8, p9] = Array.from({ length: 8 }, (_, at) => (code >> at) & 1);
    const crossings =
      (p2 ? 0 : p3 | p4) + (p4 ? 0 : p5 | p6) + (p6 ? 0 : p7 | p8) + (p8 ? 0 : p9 | p2);
    const one = (p9 | p2) + (p3 | p4) + (p5 | p6) + (p7 | p8);
    const other = (p2 | p3) + (p4 | p5) + (p6 | p7) + (p8 | p9);
    const least = Math.min(one, other);
    if (crossings !== 1 || least < 2 || least > 3) continue;
    if (!((p2 || p3 || !p5) && p4)) tables[0][code] = 1;
    if (!((p6 || p7 || !p9) && p8)) tables[1][code] = 1;
  }
  return tables;
}

/**
 * Peels ink down to 8-connected lines one pixel wide (Guo and Hall 1989, A1).
 * @param {Uint8Array} ink of 0 and 1
 * @param {number} width
 * @param {number} height
 */
export function thin(ink, width, height) {
  // An empty frame, so that lines at the border are peeled from all sides.
  const wide = width + 2;
  const image = new Uint8Array(wide * (height + 2));
  const places = new Int32Array(ink.length);
  let count = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!ink[y * width + x]) continue;
      const at = (y + 1) * wide + x + 1;
      image[at] = 1;
      places[count] = at;
      count += 1;
    }
  }
  const peeled = new Int32Array(count);
  for (let before = -1; before !== count; ) {
    before = count;
    for (const table of PEELED) {
      let [kept, gone] = [0, 0];
      for (let next = 0; next < count; next += 1) {
        const at = places[next];
        if (table[neighbourCode(image, at, wide)]) {
          peeled[gone] = at;
          gone += 1;
        } else {
          places[kept] = at;
          kept += 1;
        }
      }
      for (let next = 0; next < gone; next += 1) image[peeled[next]] = 0;
      count = kept;
    }
  }
  const out = new Uint8Array(ink.length);
  for (let next = 0; next < count; next += 1) {
    const y = (places[next] / wide) | 0;
    out[(y - 1) * width + places[next] - y * wide - 1] = 1;
  }
  return out;
}

/**
 * The eight neighbours as one byte, clockwise from bit 0 above.
 * @param {Uint8Array} image
 * @param {number} at
 * @param {number} wide
 */
function neighbourCode(image, at, wide) {
  const [above, below] = [at - wide, at + wide];
  return (
    image[above] |
    (image[above + 1] << 1) |
    (image[at + 1] << 2) |
    (image[below + 1] << 3) |
    (image[below] << 4) |
    (image[below - 1] << 5) |
    (image[at - 1] << 6) |
    (image[above - 1] << 7)
  );
}

/**
 * Where lines end: pixels of a mask with at most one neighbour, as x and y.
 * @param {Uint8Array} lines of 0 and 1
 * @param {number} width
 * @param {number} height
 * @returns {[x: number, y: number][]}
 */
export function lineEnds(lines, width, height) {
  /** @type {[number, number][]} */
  const ends = [];
  for (let at = lines.indexOf(1); at >= 0; at = lines.indexOf(1, at + 1)) {
    const y = (at / width) | 0;
    const x = at - y * width;
    let count = -1; // itself
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
        count += lines[row * width + column];
      }
    }
    if (count <= 1) ends.push([x, y]);
  }
  return ends;
}
