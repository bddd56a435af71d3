import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { DrawingInspector } from '../../../pix2pix/page/drawing/inspector.js';
import { Layers } from '../../../pix2pix/page/drawing/layers.js';
import { COLORS } from '../../../pix2pix/page/drawing/pens.js';

const line = (...points) => ({
  kind: 'line',
  width: 0.011,
  color: null,
  points: points.flatMap(([x, y]) => Array(3).fill([x, y, 0.5])), // three times: a sharp corner
});
const dab = (name, x, y) => ({
  kind: 'hint',
  width: 0.08,
  color: Object.fromEntries(COLORS)[name],
  points: [
    [x, y, 0.5],
    [x + 0.01, y, 0.5],
  ],
});
const box = (left, top, right, bottom, gap = 0) =>
  line([left + gap, top], [right, top], [right, bottom], [left, bottom], [left, top]);

function see(...strokes) {
  const layers = new Layers(createCanvas(1, 1), createCanvas(1, 1), 2 / 256);
  layers.resize(256);
  layers.redraw(strokes);
  return new DrawingInspector(layers);
}

test('an empty sheet has no parts, and nothing is closed', () => {
  const inspector = see();
  assert.equal(inspector.parts, 0);
  assert.equal(inspector.closed, 0);
});

test('a box is one part, of about its size', () => {
  const inspector = see(box(0.2, 0.2, 0.8, 0.8));
  assert.equal(inspector.parts, 1);
  assert.ok(Math.abs(inspector.closed - 0.36) < 0.06);
});

test('a gap as a hand leaves it closes, a wide one does not', () => {
  assert.equal(see(box(0.2, 0.2, 0.8, 0.8, 0.03)).parts, 1);
  assert.equal(see(box(0.2, 0.2, 0.8, 0.8, 0.1)).parts, 0);
});

test('two boxes and a line across one are three parts', () => {
  const across = line([0.1, 0.3], [0.4, 0.3]);
  assert.equal(see(box(0.1, 0.1, 0.4, 0.5), across, box(0.6, 0.1, 0.9, 0.5)).parts, 3);
});

test('what runs out of the paper is open', () => {
  assert.equal(see(line([0, 0.5], [0.5, 0.2], [1, 0.5])).parts, 0);
});

test('a dab is found where it lies', () => {
  const inspector = see(box(0.2, 0.2, 0.8, 0.8), dab('red', 0.5, 0.28));
  for (const where of ['anywhere', 'inside', 'top']) assert.ok(inspector.has('red', where), where);
  for (const where of ['bottom', 'left', 'right', 'middle']) {
    assert.ok(!inspector.has('red', where), where);
  }
  assert.ok(!inspector.has('blue', 'anywhere'));
});

test('a dab beside the outline is not inside', () => {
  assert.ok(!see(box(0.2, 0.2, 0.6, 0.6), dab('red', 0.85, 0.85)).has('red', 'inside'));
});

test('light green counts as green, and sky as blue', () => {
  const inspector = see(dab('lime', 0.3, 0.3), dab('sky', 0.7, 0.7));
  assert.ok(inspector.has('green', 'anywhere'));
  assert.ok(inspector.has('blue', 'anywhere'));
});

test('every colour of the palette is called by its name', () => {
  for (const [name, value] of COLORS) {
    const parts = [1, 3, 5].map((at) => Number.parseInt(value.slice(at, at + 2), 16));
    assert.equal(DrawingInspector.name(...parts), name);
  }
});

test('a colour of one’s own is called like the nearest', () => {
  assert.equal(DrawingInspector.name(255, 0, 0), 'red');
  assert.equal(DrawingInspector.name(0, 0, 0), 'black');
});

test('its colours are those of its dabs, the largest first', () => {
  const inspector = see(dab('red', 0.3, 0.3), dab('blue', 0.7, 0.3), dab('blue', 0.7, 0.7));
  assert.deepEqual(inspector.colours, ['blue', 'red']);
  assert.deepEqual(see(box(0.2, 0.2, 0.8, 0.8)).colours, []);
});
