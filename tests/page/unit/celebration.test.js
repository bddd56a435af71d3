import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sparks } from '../../../pix2pix/page/guide/celebration.js';

test('sparks fly all around, and none beyond their reach', () => {
  const all = sparks(16);
  const [x, y] = [Math.cos, Math.sin].map((side) =>
    all.reduce((sum, { angle, way }) => sum + side(angle) * way, 0),
  );
  assert.ok(Math.hypot(x, y) < 0.5); // no side has more than another
  assert.ok(all.every(({ way }) => way > 0 && way <= 1));
  assert.equal(new Set(all.map(({ angle }) => angle)).size, 16);
});
