import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { Layers } from '../../../pix2pix/page/drawing/layers.js';

const SIDE = 128;
const line = (points, more = {}) => ({ kind: 'line', width: 0.02, color: null, points, ...more });
const ACROSS = line([
  [0.1, 0.5, 0.5],
  [0.5, 0.5, 0.5],
  [0.9, 0.5, 0.5],
]);
const DAB = { ...ACROSS, kind: 'hint', width: 0.1, color: '#d93a32' };

function layers(lineWidth) {
  const made = new Layers(createCanvas(1, 1), createCanvas(1, 1), lineWidth);
  made.resize(SIDE);
  return made;
}

const pixels = (context) => context.getImageData(0, 0, SIDE, SIDE).data;
const isBlank = (context) => pixels(context).every((part) => part === 0);
const opacity = (context, x, y) => pixels(context)[4 * (y * SIDE + x) + 3];

function rows(context) {
  const middle = SIDE / 2;
  return Array.from({ length: SIDE }, (_, y) => opacity(context, middle, y)).filter(Boolean).length;
}

test('lines and dabs lie on a layer of their own', () => {
  const both = layers();
  both.redraw([ACROSS]);
  assert.ok(opacity(both.lines, 64, 64) > 200);
  assert.ok(isBlank(both.hints));
  both.redraw([DAB]);
  assert.ok(isBlank(both.lines));
  assert.deepEqual(
    [...pixels(both.hints).subarray(4 * (64 * SIDE + 64))].slice(0, 3),
    [217, 58, 50],
  );
});

test('the eraser takes from both', () => {
  const both = layers();
  const eraser = line(
    [
      [0.5, 0.3, 0.5],
      [0.5, 0.7, 0.5],
    ],
    { kind: 'erase', width: 0.2 },
  );
  both.redraw([ACROSS, DAB, eraser]);
  assert.equal(opacity(both.lines, 64, 64), 0);
  assert.equal(opacity(both.hints, 64, 64), 0);
  assert.ok(opacity(both.lines, 20, 64) > 200);
});

test('for the model all lines are of one width; on the screen a firm hand draws a wider one', () => {
  const firm = line(
    ACROSS.points.map(([x, y]) => [x, y, 1]),
    { width: 0.05 },
  );
  const [soft, hard] = [0, 1].map((at) => {
    const screen = layers();
    screen.redraw([at ? firm : { ...firm, points: firm.points.map(([x, y]) => [x, y, 0]) }]);
    return rows(screen.lines);
  });
  assert.ok(hard > 2 * soft);
  const model = layers(2 / SIDE);
  model.redraw([ACROSS]);
  const thin = rows(model.lines);
  model.redraw([firm]);
  assert.equal(rows(model.lines), thin);
});

test('a line that grew is where a whole one is', () => {
  const curve = line(
    Array.from({ length: 12 }, (_, i) => [0.1 + i / 15, 0.5 + Math.sin(i) / 4, 0.5]),
  );
  const grown = layers(2 / SIDE);
  for (let count = 1; count <= curve.points.length; count += 1) {
    grown.grow({ ...curve, points: curve.points.slice(0, count) });
  }
  const whole = layers(2 / SIDE);
  whole.redraw([curve]);
  const [one, other] = [grown, whole].map((each) => pixels(each.lines));
  const inked = [...one.keys()].filter((at) => at % 4 === 3 && other[at] > 128);
  const missed = inked.filter((at) => one[at] === 0);
  assert.ok(inked.length > 100);
  assert.ok(missed.length < 0.06 * inked.length); // half of the last piece is still to come
});

test('redrawing leaves nothing of what was there', () => {
  const both = layers();
  both.redraw([ACROSS, DAB]);
  both.redraw([]);
  for (const layer of [both.lines, both.hints]) assert.ok(isBlank(layer));
});

const dot = (more = {}) => line([[0.5, 0.5, 0.5]], more);

for (const [what, stroke, layer] of [
  ['pen', dot(), 'lines'],
  ['crayon', dot({ kind: 'hint', width: 0.1, color: '#d93a32' }), 'hints'],
]) {
  test(`a tap with the ${what} is a dot, while the finger is down and when it has left`, () => {
    for (const draw of ['grow', 'whole']) {
      const both = layers();
      both[draw](stroke);
      const wide = rows(both[layer]);
      assert.ok(Math.abs(wide - stroke.width * SIDE) <= 2, `${draw}: ${wide} px`);
    }
  });
}

test('a tap with the eraser takes a spot away', () => {
  const both = layers();
  both.redraw([ACROSS, DAB, dot({ kind: 'erase', width: 0.2 })]);
  for (const layer of [both.lines, both.hints]) assert.equal(opacity(layer, 64, 64), 0);
});

test('for the model a tap is a dot large enough to be kept, also if the finger trembled', () => {
  for (const end of [0.5, 0.505, 0.51]) {
    const model = layers(1 / 256);
    model.redraw([line([[0.5, 0.5, 0.5], ...(end > 0.5 ? [[end, 0.5, 0.5]] : [])])]);
    const inked = pixels(model.lines).filter((part, at) => at % 4 === 3 && part > 96).length;
    assert.ok(inked >= (0.6 * Layers.DOT * SIDE) ** 2, `${end}: ${inked} px`);
    assert.equal(opacity(model.lines, 64 + 3, 64), 0);
  }
});
