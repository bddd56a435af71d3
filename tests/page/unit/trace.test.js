import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Trace } from '../../../pix2pix/page/missions/trace.js';

const row = (from, to, y) => ({
  points: Array.from({ length: 21 }, (_, step) => [from + ((to - from) * step) / 20, y, 0.5]),
});
const WANTED = row(0.1, 0.9, 0.5);

test('a line beside the one to follow follows it, one farther away does not', () => {
  assert.ok(Trace.isFollowed(WANTED, [row(0.1, 0.9, 0.55)]));
  assert.ok(!Trace.isFollowed(WANTED, [row(0.1, 0.9, 0.6)]));
});

test('most of it is enough, half of it is not; pieces count together', () => {
  assert.ok(Trace.isFollowed(WANTED, [row(0.1, 0.75, 0.5)]));
  assert.ok(!Trace.isFollowed(WANTED, [row(0.1, 0.5, 0.5)]));
  assert.ok(Trace.isFollowed(WANTED, [row(0.1, 0.4, 0.5), row(0.5, 0.9, 0.5)]));
});

test('two points far apart are a line between them', () => {
  const ends = { points: [WANTED.points[0], WANTED.points.at(-1)] };
  assert.ok(Trace.isFollowed(WANTED, [ends]));
  assert.ok(!Trace.isFollowed(WANTED, [{ points: [[0.5, 0.5, 0.5]] }]));
  assert.ok(!Trace.isFollowed(WANTED, []));
});
