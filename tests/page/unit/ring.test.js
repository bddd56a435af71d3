import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Grip } from '../../../pix2pix/page/scenes/grip.js';
import { Ring } from '../../../pix2pix/page/scenes/ring.js';

const COUNT = 9;
const BOARDS = [
  [280, 210, 44], // on a window 320 px wide
  [350, 262, 44],
  [383, 287, 44],
  [720, 540, 48],
];

const TINY = [256, 189, 44]; // on a page at 400 %

/** Where the tools are about a sticker in a corner (0 or 1), the middle, or between. */
function about([boardWidth, boardHeight, side], [w, h], [right, down], turn = 0) {
  const [width, height] = Grip.span([w, h], turn);
  const x = width / 2 + right * (boardWidth - width);
  const y = height / 2 + down * (boardHeight - height);
  const thing = { x, y, width, height };
  const free = Grip.handles(thing, [w, h], turn);
  const board = { width: boardWidth, height: boardHeight };
  const places = Ring.about(thing, board, { count: COUNT, side, free });
  return { places, thing, free };
}

function* everywhere() {
  for (const board of [TINY, ...BOARDS]) {
    for (const size of [
      [72, 72],
      [0.3 * board[0], 0.3 * board[0]],
      [0.5 * board[0], 0.2 * board[0]],
      [0.4 * board[0], 0.7 * board[1]],
      [board[0], board[1]],
    ]) {
      for (const right of [0, 0.5, 1]) {
        for (const down of [0, 0.8, 1]) {
          for (const turn of size[0] < 0.45 * board[0] ? [0, 45, 90, 180, -120] : [0]) {
            yield [board, size, [right, down], turn];
          }
        }
      }
    }
  }
}

test('every tool is inside the board, and neither on another nor on a handle', () => {
  for (const place of everywhere()) {
    const { places, free } = about(...place);
    const [width, height, side] = place[0];
    assert.equal(places.length, COUNT, JSON.stringify(place));
    places.forEach(([x, y], at) => {
      assert.ok(Math.min(x, y) >= side / 2 && x <= width - side / 2 && y <= height - side / 2);
      for (const other of [...places.slice(at + 1), ...free]) {
        assert.ok(Ring.far([x, y], other) >= side, JSON.stringify(place));
      }
    });
  }
});

test('a sticker of ordinary size is seen between its tools, wherever it is', () => {
  for (const board of BOARDS) {
    for (const right of [0, 0.2, 0.5, 0.9, 1]) {
      for (const down of [0, 0.5, 1]) {
        const size = [0.3 * board[0], 0.3 * board[0]];
        const { places, thing } = about(board, size, [right, down]);
        for (const [x, y] of places) {
          const beside = Math.max(
            Math.abs(x - thing.x) - thing.width / 2,
            Math.abs(y - thing.y) - thing.height / 2,
          );
          assert.ok(beside >= board[2] / 2, JSON.stringify([board, right, down]));
        }
      }
    }
  }
});

test('where there is room, they are all round it, in their order from the left', () => {
  const { places, thing } = about(BOARDS[3], [160, 160], [0.5, 0.5]);
  const [first] = places;
  const last = places.at(-1);
  assert.ok(first[0] < thing.x - 80 && last[1] > thing.y + 80);
  for (const [axis, middle] of [thing.x, thing.y].entries()) {
    for (const sign of [-1, 1]) {
      const beyond = places.filter((place) => sign * (place[axis] - middle) > 80);
      assert.ok(beyond.length >= 2, `${axis} ${sign}`);
    }
  }
});
