import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sketch } from '../../../pix2pix/page/drawing/sketch.js';
import { ImportDialog } from '../../../pix2pix/page/picture/importdialog.js';

const CORNER = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.9, 0.9],
];

test('polylines become strokes that a drawing takes, from end to end', () => {
  const strokes = ImportDialog.strokes([CORNER], 0.01);
  assert.ok(Sketch.isDrawing({ strokes, seed: 1 }));
  const { points } = strokes[0];
  assert.deepEqual(points[0].slice(0, 2), CORNER[0].map(Sketch.round));
  assert.deepEqual(points.at(-1).slice(0, 2), CORNER[2].map(Sketch.round));
});

test('points are close at a corner, so that it stays one, and never far apart', () => {
  const { points } = ImportDialog.strokes([CORNER], 0.01)[0];
  const steps = points
    .slice(1)
    .map(([x, y], at) => Math.hypot(x - points[at][0], y - points[at][1]));
  assert.ok(Math.max(...steps) <= ImportDialog.CURVE + 1e-3);
  const corner = points.findIndex(([x, y]) => x === Sketch.round(0.9) && y === Sketch.round(0.1));
  assert.ok(steps[corner] < 2 * ImportDialog.CORNER);
  assert.ok(steps[corner - 1] < 2 * ImportDialog.CORNER);
});

test('a turn of more than 50 degrees is a corner; ends are none', () => {
  assert.equal(ImportDialog.isCorner(CORNER, 1), true);
  assert.equal(ImportDialog.isCorner(CORNER, 0), false);
  assert.equal(ImportDialog.isCorner(CORNER, 2), false);
  const gentle = [
    [0, 0],
    [0.5, 0],
    [1, 0.2],
  ];
  assert.equal(ImportDialog.isCorner(gentle, 1), false);
});
