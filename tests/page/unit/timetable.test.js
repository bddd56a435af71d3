import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Timetable } from '../../../pix2pix/page/guide/timetable.js';

const WAYS = [
  { length: 1, from: [0, 0], to: [1, 0] },
  { length: 2, from: [1, 0.6], to: [0, 0.6] },
];
const near = (one, other) => assert.ok(Math.abs(one - other) < 1e-9, `${one} is not ${other}`);

test('the hand draws one stroke after the other and goes through the air between them', () => {
  const timetable = new Timetable(WAYS);
  const air = 0.6 / Timetable.HASTE;
  near(timetable.duration, 3 + air);
  const at = (length) => timetable.at(length / timetable.duration);
  assert.deepEqual(at(0.5), { stroke: 0, part: 0.5, isInAir: false, share: 0.5 / 3 });
  const flying = at(1 + air / 2);
  assert.deepEqual([flying.stroke, flying.isInAir], [1, true]);
  near(flying.part, 0.5);
  near(flying.share, 1 / 3);
  const drawing = at(2 + air);
  assert.deepEqual([drawing.stroke, drawing.isInAir], [1, false]);
  near(drawing.part, 0.5);
  near(drawing.share, 2 / 3);
});

test('at the end all is drawn, and it stays so', () => {
  for (const time of [1, 1.3]) {
    assert.deepEqual(new Timetable(WAYS).at(time), {
      stroke: 1,
      part: 1,
      isInAir: false,
      share: 1,
    });
  }
});

test('what is drawn never becomes less', () => {
  const timetable = new Timetable(WAYS);
  const shares = Array.from({ length: 101 }, (_, index) => timetable.at(index / 100).share);
  assert.deepEqual(
    shares,
    shares.toSorted((one, other) => one - other),
  );
});
