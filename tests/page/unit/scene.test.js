import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Scene } from '../../../pix2pix/page/scenes/scene.js';

const STICKER = { id: 's', domain: 'shoes', picture: 'data:,', width: 200, height: 100 };
let scene;

beforeEach(() => {
  scene = new Scene('beach');
});

const place = () => scene.place(STICKER, 0.5, 0.5);
const order = () => scene.pieces.map(({ key }) => key);

test('a sticker is placed, altered, copied and removed, and undo takes back each step', () => {
  const key = place();
  scene.alter(key, { turn: 30 });
  const copy = scene.copy(key);
  assert.equal(scene.piece(copy).turn, 30);
  assert.notEqual(scene.piece(copy).x, scene.piece(key).x);
  scene.remove(key);
  assert.deepEqual(order(), [copy]);
  for (let step = 0; step < 4; step += 1) scene.undo();
  assert.deepEqual(scene.pieces, []);
  for (let step = 0; step < 4; step += 1) scene.redo();
  assert.deepEqual(order(), [copy]);
});

test('more of the same is one step of undo', () => {
  const key = place();
  scene.alter(key, { x: 0.6 });
  scene.alter(key, { x: 0.7 }, true);
  scene.alter(key, { x: 0.8 }, true);
  scene.undo();
  assert.equal(scene.piece(key).x, 0.5);
});

test('pieces stay on the board, in sizes that can be grasped', () => {
  const key = scene.place(STICKER, -3, 9, 50);
  assert.deepEqual(scene.piece(key), { ...scene.piece(key), x: 0.5, size: 1 });
  scene.alter(key, { size: 0 });
  assert.equal(scene.piece(key).size, Scene.SMALLEST);
});

test('a sticker stays whole on the board, however it is moved, sized and turned', () => {
  for (const sticker of [STICKER, { ...STICKER, width: 100, height: 200 }]) {
    for (const turn of [0, 30, 90, -135]) {
      for (const size of [0.06, 0.3, 2]) {
        for (const corner of [-1, 0.5, 2]) {
          const key = scene.place(sticker, 0.5, 0.5);
          scene.alter(key, { turn, size, x: corner, y: 1 - corner });
          const piece = scene.piece(key);
          Scene.span(piece).forEach((part, axis) => {
            const middle = [piece.x, piece.y][axis];
            assert.ok(middle - part / 2 > -1e-9 && middle + part / 2 < 1 + 1e-9);
          });
          assert.ok(piece.size >= Scene.SMALLEST);
        }
      }
    }
  }
});

test('a sticker in the middle keeps its place and size', () => {
  const key = scene.place(STICKER, 0.4, 0.6, 0.3);
  scene.alter(key, { turn: 45 });
  const { x, y, size } = scene.piece(key);
  assert.deepEqual([x, y, size], [0.4, 0.6, 0.3]);
});

test('what a palm did is undone without a trace', () => {
  const key = place();
  scene.alter(key, { x: 0.3 });
  scene.undo();
  const mark = scene.mark();
  scene.alter(key, { x: 0.6 });
  scene.alter(key, { x: 0.7 }, true);
  scene.reset(mark);
  assert.equal(scene.piece(key).x, 0.5);
  scene.redo();
  assert.equal(scene.piece(key).x, 0.3);
  scene.undo();
  scene.undo();
  assert.deepEqual(scene.pieces, []);
});

test('a turn of more than half a circle is one the other way', () => {
  const key = place();
  for (const [turn, same] of [
    [190, -170],
    [-190, 170],
    [720, 0],
    [180, -180],
  ]) {
    scene.alter(key, { turn });
    assert.equal(scene.piece(key).turn, same);
  }
});

test('layers go one by one, and no further than the ends', () => {
  const [a, b, c] = [place(), place(), place()];
  scene.layer(a, 1);
  assert.deepEqual(order(), [b, a, c]);
  scene.layer(c, 1);
  assert.deepEqual(order(), [b, a, c]);
  scene.layer(c, -1);
  assert.deepEqual(order(), [b, c, a]);
});

test('a new scene keeps its background and what was thrown away; undo brings the old one back', () => {
  place();
  scene.commit({ thrown: ['old'] });
  const before = scene.state;
  scene.renew();
  assert.notEqual(scene.state.id, before.id);
  assert.deepEqual(scene.state, {
    ...scene.state,
    background: 'beach',
    pieces: [],
    thrown: ['old'],
  });
  scene.undo();
  assert.equal(scene.state, before);
});

test('one that was kept is a beginning', () => {
  place();
  scene.open({ id: 'kept', background: 'sea', pieces: [] });
  assert.deepEqual([scene.past, scene.future], [[], []]);
  assert.equal(scene.state.id, 'kept');
});

test('the longer side of a sticker is its size', () => {
  assert.deepEqual(Scene.extent({ sticker: STICKER, size: 0.4 }), [0.4, 0.2]);
});
