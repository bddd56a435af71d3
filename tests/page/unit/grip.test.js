import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Grip } from '../../../pix2pix/page/scenes/grip.js';

const near = (one, other) =>
  one.forEach((part, at) => assert.ok(Math.abs(part - other[at]) < 1e-9, `${one}: ${other}`));

test('a frame about a sticker in a corner stays on the board, with its handles', () => {
  const board = { width: 280, height: 210 };
  for (const [x, y, turn] of [
    [0, 0, 0],
    [1, 1, 45],
    [0, 1, 90],
    [1, 0, -30],
  ]) {
    const box = Grip.box({ x, y, turn }, [72, 72], board);
    assert.ok(box.x - box.width / 2 >= -1e-9 && box.x + box.width / 2 <= board.width + 1e-9);
    assert.ok(box.y - box.height / 2 >= -1e-9 && box.y + box.height / 2 <= board.height + 1e-9);
    for (const [handleX, handleY] of Grip.handles(box, [72, 72], turn)) {
      assert.ok(handleX > -1e-9 && handleX < board.width + 1e-9);
      assert.ok(handleY > -1e-9 && handleY < board.height + 1e-9);
    }
  }
});

test('a frame in the middle is about its sticker', () => {
  const board = { width: 280, height: 210 };
  const box = Grip.box({ x: 0.5, y: 0.4, turn: 0 }, [100, 60], board);
  assert.deepEqual(box, { x: 140, y: 84, width: 100, height: 60 });
});

test('handles turn with the sticker: one above its middle, one at its lower right corner', () => {
  const box = { x: 100, y: 100, width: 60, height: 40 };
  const [turn, size] = Grip.handles(box, [60, 40], 0);
  near(turn, [100, 80]);
  near(size, [130, 120]);
  const [above, corner] = Grip.handles(box, [60, 40], 90);
  near(above, [120, 100]);
  near(corner, [80, 130]);
});
