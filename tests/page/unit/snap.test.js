import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Snap } from '../../../pix2pix/page/drawing/snap.js';

const PEN = 0.011;

/** A line through these places, with a point every hundredth of the side. */
function line(places, more = {}) {
  const points = [[...places[0], 0.5]];
  places.slice(1).forEach(([toX, toY], at) => {
    const [fromX, fromY] = places[at];
    const steps = Math.max(1, Math.round(Math.hypot(toX - fromX, toY - fromY) * 100));
    for (let step = 1; step <= steps; step += 1) {
      const share = step / steps;
      points.push([fromX + share * (toX - fromX), fromY + share * (toY - fromY), 0.5]);
    }
  });
  return { kind: 'line', width: PEN, color: null, points, ...more };
}

const box = (gap) =>
  line([
    [0.2, 0.2],
    [0.8, 0.2],
    [0.8, 0.8],
    [0.2, 0.8],
    [0.2, 0.2 + gap],
  ]);
const ends = ({ points }) => [points[0], points.at(-1)].map(([x, y]) => [x, y]);
const WALL = line([
  [0.3, 0.8],
  [0.3, 0.4],
]);
const ERASER = {
  kind: 'erase',
  width: 0.06,
  color: null,
  points: [[0.3, 0.41, 0.5]],
};

test('an outline that all but comes round is closed at its own beginning', () => {
  const closed = Snap.close(box(0.028), []);
  assert.deepEqual(ends(closed)[1], [0.2, 0.2]);
  assert.deepEqual(closed.points.slice(0, -1), box(0.028).points);
});

test('a gap that is meant as one stays', () => {
  const open = box(0.035);
  assert.equal(Snap.close(open, []), open);
});

test('a wide pen closes a wider gap', () => {
  const wide = { ...box(0.04), width: 0.03 };
  assert.deepEqual(ends(Snap.close(wide, []))[1], [0.2, 0.2]);
});

test('an outline that went on beyond its beginning is left as it is', () => {
  const over = line([
    [0.2, 0.2],
    [0.8, 0.2],
    [0.8, 0.8],
    [0.2, 0.8],
    [0.2, 0.18],
  ]);
  assert.equal(Snap.close(over, []), over);
});

test('a short dash does not bite its tail', () => {
  const dash = line([
    [0.5, 0.5],
    [0.52, 0.5],
  ]);
  assert.equal(Snap.close(dash, []), dash);
});

test('a roof comes to stand on its wall, whichever end is nearer', () => {
  const roof = line([
    [0.31, 0.38],
    [0.6, 0.1],
  ]);
  assert.deepEqual(ends(Snap.close(roof, [WALL]))[0], [0.3, 0.4]);
  const back = { ...roof, points: roof.points.toReversed() };
  assert.deepEqual(ends(Snap.close(back, [WALL]))[1], [0.3, 0.4]);
});

test('what has been rubbed out draws nothing to it', () => {
  const roof = line([
    [0.31, 0.38],
    [0.6, 0.1],
  ]);
  assert.equal(Snap.close(roof, [WALL, ERASER]), roof);
  assert.notEqual(Snap.close(roof, [ERASER, WALL]), roof);
});

test('hairs side by side stay apart', () => {
  const hair = line([
    [0.32, 0.8],
    [0.32, 0.4],
  ]);
  assert.equal(Snap.close(hair, [WALL]), hair);
});

test('a line that meets another already is left as it is', () => {
  const crossing = line([
    [0.28, 0.4],
    [0.6, 0.4],
  ]);
  assert.equal(Snap.close(crossing, [WALL]), crossing);
});

test('dots, dabs and the eraser are no lines with ends', () => {
  const dot = line([[0.31, 0.39]]);
  assert.equal(Snap.close(dot, [WALL]), dot);
  for (const kind of ['hint', 'erase']) {
    const other = { ...box(0.02), kind };
    assert.equal(Snap.close(other, []), other);
  }
  const roof = line([
    [0.31, 0.38],
    [0.6, 0.1],
  ]);
  assert.equal(Snap.close(roof, [line([[0.3, 0.4]])]), roof);
});
