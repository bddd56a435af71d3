import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { crayonRim } from '../../../pix2pix/page/engine/colouredarea.js';
import { connectedComponents } from '../../../pix2pix/page/engine/components.js';
import { distanceTransform, nearest } from '../../../pix2pix/page/engine/distance.js';
import { toLab, writeRgb } from '../../../pix2pix/page/engine/lab.js';
import { dilate, ellipse, erode, rectangle } from '../../../pix2pix/page/engine/morphology.js';
import { medianOf, roundEven } from '../../../pix2pix/page/engine/numbers.js';
import { thin } from '../../../pix2pix/page/engine/thin.js';
import { cutOutPicture, translate } from '../../../pix2pix/page/engine/translate.js';

const folder = new URL('../../../pix2pix/page/engine/', import.meta.url);
const constants = JSON.parse(await readFile(new URL('constants.json', folder), 'utf8'));
const SIZE = 256;
const RED = [217, 58, 50, 255];

const mask = (...rows) => Uint8Array.from(rows.join(''), (cell) => (cell === '#' ? 1 : 0));
const rows = (values, width) =>
  Array.from({ length: values.length / width }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width), (each) => (each ? '#' : '.')).join(
      '',
    ),
  );

function paper(side = SIZE) {
  const data = new Uint8ClampedArray(4 * side * side);
  return { width: side, height: side, data };
}

function fill({ width, data }, left, top, right, bottom, colour) {
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) data.set(colour, 4 * (y * width + x));
  }
}

/** A square outline, 3 px wide. */
function square(side = SIZE, from = 64, to = 192) {
  const drawing = paper(side);
  fill(drawing, from, from, to, to, [0, 0, 0, 255]);
  fill(drawing, from + 3, from + 3, to - 3, to - 3, [0, 0, 0, 0]);
  return drawing;
}

/** Gray paint, on the sheet's middle and a little beyond the square. */
function smudge() {
  const planes = new Float32Array(3 * SIZE * SIZE).fill(1);
  for (let row = 40; row < 3 * SIZE; row += 1) {
    if (row % SIZE >= 40 && row % SIZE < 216) planes.fill(0.2, row * SIZE + 40, row * SIZE + 216);
  }
  return planes;
}

/** A generator that paints the same whatever it is told. */
function model(config = {}) {
  const seen = {};
  return {
    seen,
    config: { size: SIZE, palette: ['#3366cc', '#cc3333'], ...config },
    constants,
    async generate(input) {
      seen.input = input.slice();
      return smudge();
    },
  };
}

const pixel = ({ width, data }, x, y) => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4),
];

test('an empty sheet is an error with the code of Python', async () => {
  await assert.rejects(translate(model(), paper()), { code: 'empty_drawing' });
});

test('a picture without pixels, and a size that no network makes, are refused', async () => {
  const none = { width: 0, height: 0, data: new Uint8ClampedArray() };
  await assert.rejects(translate(model(), none), { code: 'bad_image' });
  await assert.rejects(translate(model(), square(), { size: 300 }), { code: 'bad_size' });
  await assert.rejects(translate(model(), square(), { size: 512 }), { code: 'bad_size' });
});

test('an outline is one pixel wide, whatever the size of the sheet', async () => {
  const { edges } = await translate(model(), square());
  const twice = await translate(model(), square(512, 128, 384));
  for (const map of [edges, twice.edges]) {
    const row = map.subarray(128 * SIZE, 129 * SIZE);
    assert.equal(row.filter((tone) => tone === 0).length, 2);
  }
});

test('paint is kept within the outline and whitened beyond it', async () => {
  const { picture } = await translate(model(), square(), { seed: null });
  assert.deepEqual(pixel(picture, 45, 45), [255, 255, 255, 255]);
  assert.ok(pixel(picture, 128, 128)[0] < 200);
});

test('a dab gives the part its exact colour, and the generator hears of it', async () => {
  const hints = paper();
  fill(hints, 120, 120, 136, 136, RED);
  const drawn = model();
  const { picture } = await translate(drawn, square(), { hints });
  pixel(picture, 128, 100).forEach((level, channel) => {
    assert.ok(Math.abs(level - RED[channel]) <= 3, `${level} is not ${RED[channel]}`);
  });
  const [red] = drawn.seen.input.subarray(SIZE * SIZE);
  assert.ok(Math.abs(red - 0.6 * (RED[0] / 127.5 - 1)) < 1e-6);
});

test('a seed takes a colour of the palette, and the next another', async () => {
  const drawn = model();
  const blues = [];
  for (const seed of [0, 1, 2]) {
    await translate(drawn, square(), { seed });
    blues.push(drawn.seen.input[3 * SIZE * SIZE]);
  }
  assert.notEqual(blues[0], blues[1]);
  assert.equal(blues[0], blues[2]);
});

test('crayons alone are a drawing', async () => {
  const hints = paper();
  fill(hints, 80, 80, 180, 180, RED);
  const { edges } = await translate(model(), paper(), { hints });
  assert.ok(edges.includes(0));
});

test('chalk on a board is the same drawing', async () => {
  const board = square();
  for (let at = 0; at < board.data.length; at += 4) {
    board.data.set(board.data[at + 3] ? [240, 240, 240, 255] : [0, 0, 0, 255], at);
  }
  const chalk = await translate(model(), board, { polarity: 'light-on-dark' });
  assert.deepEqual(chalk.edges, (await translate(model(), square())).edges);
});

/** The square with two wheels across its lower line and a window. */
function car() {
  const drawing = square();
  for (let at = 0; at < SIZE * SIZE; at += 1) {
    const [x, y] = [at % SIZE, Math.floor(at / SIZE)];
    for (const middle of [92, 164]) {
      const isLine = Math.abs(Math.hypot(x - middle, y - 190) - 20) < 1.5;
      if (isLine) drawing.data[4 * at + 3] = 255;
    }
  }
  fill(drawing, 100, 76, 156, 108, [0, 0, 0, 255]);
  fill(drawing, 103, 79, 153, 105, [0, 0, 0, 0]);
  return drawing;
}

test('a car has black tyres, silver rims and gray glass, and others have what was painted', async () => {
  const hints = paper();
  fill(hints, 120, 140, 136, 156, RED);
  const { picture } = await translate(model({ has_wheels: true }), car(), { hints });
  const tinge = (/** @type {number[]} */ [red, green, blue]) =>
    Math.max(red, green, blue) - Math.min(red, green, blue);
  for (const x of [92, 164]) {
    assert.ok(Math.max(...pixel(picture, x, 206).slice(0, 3)) < 100);
    assert.ok(Math.min(...pixel(picture, x, 182).slice(0, 3)) > 150);
  }
  assert.ok(tinge(pixel(picture, 128, 92)) < 50);
  assert.ok(tinge(pixel(picture, 128, 148)) > 100);
  const plain = (await translate(model(), car(), { hints })).picture;
  assert.ok(tinge(pixel(plain, 128, 92)) > 100);
  assert.ok(tinge(pixel(plain, 92, 190)) > 100);
});

test('a dab on a wheel is the colour of its rim', async () => {
  const hints = paper();
  fill(hints, 84, 182, 100, 198, RED);
  const { picture } = await translate(model({ has_wheels: true }), car(), { hints });
  assert.deepEqual(pixel(picture, 97, 192).slice(0, 3), RED.slice(0, 3));
  assert.ok(Math.max(...pixel(picture, 92, 206).slice(0, 3)) < 100);
});

test('a sticker is opaque within its outline and clear beyond', async () => {
  const drawn = model();
  const cutout = cutOutPicture(drawn, await translate(drawn, square()));
  assert.equal(pixel(cutout, 128, 128)[3], 255);
  assert.deepEqual(pixel(cutout, 45, 45), [0, 0, 0, 0]);
});

test('twice the size has an outline where the pen was', async () => {
  const refine = async (_, height, width) => new Float32Array(12 * height * width).fill(-0.4);
  const { cutout, picture } = await translate({ ...model(), refine }, square(), { size: 512 });
  assert.equal(cutout.width, 512);
  assert.equal(pixel(cutout, 256, 256)[3], 255);
  assert.equal(pixel(cutout, 90, 90)[3], 0);
  assert.deepEqual(pixel(picture, 90, 90), [255, 255, 255, 255]);
});

test('an old configuration is read under its present names', async () => {
  // A pale part in another is a hole only where there may be holes.
  const ring = square();
  fill(ring, 100, 100, 156, 156, [0, 0, 0, 255]);
  fill(ring, 103, 103, 153, 153, [0, 0, 0, 0]);
  const generate = async () => {
    const planes = new Float32Array(3 * SIZE * SIZE).fill(-0.5);
    for (let y = 104; y < 152; y += 1) {
      for (let plane = 0; plane < 3; plane += 1) {
        planes.fill(0.9, (plane * SIZE + y) * SIZE + 104, (plane * SIZE + y) * SIZE + 152);
      }
    }
    return planes;
  };
  const middle = async (config) => {
    const made = await translate({ ...model(config), generate }, ring, { seed: null });
    return pixel(made.picture, 128, 128)[0];
  };
  assert.equal(await middle({ hollow: true }), 255);
  assert.ok((await middle({})) < 255);
});

test('a bar thins to a line', () => {
  const bar = mask('.........', '.#######.', '.#######.', '.#######.', '.........');
  assert.deepEqual(rows(thin(bar, 9, 5), 9), [
    '.........',
    '.........',
    '..#####..',
    '.........',
    '.........',
  ]);
});

test('discs are those of OpenCV', () => {
  const dot = new Uint8Array(81);
  dot[40] = 1;
  const widths = rows(dilate(dot, 9, 9, ellipse(7)), 9).map(
    (row) => row.replaceAll('.', '').length,
  );
  assert.deepEqual(widths, [0, 1, 5, 7, 7, 7, 5, 1, 0]);
});

test('eroding undoes dilating, also at the border', () => {
  const corner = mask('##...', '##...', '.....', '.....', '...##');
  const grown = dilate(corner, 5, 5, rectangle(3));
  assert.deepEqual(rows(erode(grown, 5, 5, rectangle(3)), 5), rows(corner, 5));
});

test('distances are chamfer distances, and know where they come from', () => {
  const room = new Uint8Array(49).fill(1);
  room[24] = 0;
  const far = distanceTransform(room, 7, 7, 5);
  assert.ok(Math.abs(far[24 + 1 + 7] - 1.4) < 1e-6);
  assert.ok(Math.abs(far[24 + 2 + 7] - 2.1969) < 1e-6);
  const known = new Uint8Array(49);
  known[0] = 1;
  known[48] = 1;
  assert.equal(nearest(known, 7, 7)[8], 0);
  assert.equal(nearest(known, 7, 7)[40], 48);
});

test('parts are told apart by their sides, or by their corners too', () => {
  const steps = mask('##..', '##..', '..##', '#.##');
  assert.equal(connectedComponents(steps, 4, 4, 8).count, 2);
  const four = connectedComponents(steps, 4, 4, 4);
  assert.deepEqual(four.areas, [0, 4, 4, 1]);
  assert.deepEqual(four.centres[1], [0.5, 0.5]);
});

test('parts that meet late are one', () => {
  const comb = mask('#.#.#', '#.#.#', '#####');
  assert.equal(connectedComponents(comb, 5, 3, 4).count, 1);
});

test('small gaps in a coloured area are missed, large ones are left open', () => {
  const rimOf = (hole) => {
    const hints = paper();
    fill(hints, 60, 60, 200, 200, RED);
    fill(hints, 120, 120, 120 + hole, 120 + hole, [0, 0, 0, 0]);
    return crayonRim(hints.data, SIZE, constants).subarray(128 * SIZE, 129 * SIZE);
  };
  assert.equal(rimOf(8).filter((tone) => tone === 0).length, 2);
  assert.equal(rimOf(40).filter((tone) => tone === 0).length, 4);
});

test('colours come back from L*a*b*', () => {
  const rgb = new Uint8ClampedArray([217, 58, 50, 0, 0, 0, 255, 255, 255, 20, 200, 90]);
  const lab = toLab(rgb);
  const back = new Uint8ClampedArray(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) writeRgb(lab[at], lab[at + 1], lab[at + 2], back, at);
  rgb.forEach((level, at) => {
    assert.ok(Math.abs(level - back[at]) <= 2, `${back[at]} is not ${level}`);
  });
});

test('medians and halves are those of NumPy', () => {
  assert.equal(medianOf(Float32Array.of(5, 1, 4)), 4);
  assert.equal(medianOf(Float32Array.of(8, 1, 3, 4)), 3.5);
  assert.deepEqual([0.5, 1.5, 2.5, -0.5].map(roundEven), [0, 2, 2, -0]);
});
