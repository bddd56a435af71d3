import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gaze } from '../../../pix2pix/page/friend/gaze.js';
import { nextStep } from '../../../pix2pix/page/friend/nextstep.js';

const EYE = { x: 100, y: 100 };

for (const [pen, way] of [
  [
    { x: 900, y: 100 },
    { x: 1, y: 0 },
  ],
  [
    { x: 100, y: -700 },
    { x: 0, y: -1 },
  ],
  [
    { x: 400, y: 500 },
    { x: 0.6, y: 0.8 },
  ],
  [EYE, { x: 0, y: 0 }],
]) {
  test(`an eye looks from ${EYE.x}, ${EYE.y} to ${pen.x}, ${pen.y}`, () => {
    assert.deepEqual(gaze(EYE, pen), way);
  });
}

test('what is near is not squinted at', () => {
  const { x, y } = gaze(EYE, { x: 112, y: 100 });
  assert.ok(x > 0 && x < 0.2);
  assert.equal(y, 0);
});

const DONE = { isEmpty: false, isPhoto: false, isClosed: true, hasColours: true };
for (const [changes, step] of [
  [{ isEmpty: true, isClosed: false, hasColours: false }, 'step_draw'],
  [{ isClosed: false, hasColours: false }, 'step_close'],
  [{ isClosed: false }, 'step_close'],
  [{ hasColours: false }, 'step_colour'],
  [{}, 'step_keep'],
  [{ isEmpty: true, isPhoto: true, isClosed: false, hasColours: false }, 'step_keep'],
]) {
  test(`${JSON.stringify(changes)} leads to ${step}`, () => {
    assert.equal(nextStep({ ...DONE, ...changes }), step);
  });
}
