import assert from 'node:assert/strict';
import { test } from 'node:test';
import { View } from '../../../pix2pix/page/drawing/view.js';

const FRAME = { left: 100, top: 50, width: 400, height: 400 };
const pair = (x, y, length) => [
  { x: x - length / 2, y },
  { x: x + length / 2, y },
];

function pinched(from, to, view = new View()) {
  view.begin(pair(...from), FRAME);
  view.pinch(pair(...to), FRAME);
  return view;
}

/** Which place of the paper is at a point of the window. */
const under = ({ zoom, x, y }, [left, top]) => [
  ((left - FRAME.left) / FRAME.width - x) / zoom,
  ((top - FRAME.top) / FRAME.height - y) / zoom,
];

test('what lies between the fingers stays there', () => {
  const view = pinched([220, 200, 100], [240, 190, 200]);
  assert.equal(view.zoom, 2);
  const before = under(new View(), [220, 200]);
  under(view, [240, 190]).forEach((part, axis) => assert.ok(Math.abs(part - before[axis]) < 1e-9));
});

test('two fingers also move a paper that is seen from near', () => {
  const view = pinched([300, 250, 100], [300, 250, 300]);
  const { zoom, x } = view;
  pinched([300, 250, 100], [340, 250, 100], view);
  assert.equal(view.zoom, zoom);
  assert.ok(Math.abs(view.x - x - 0.1) < 1e-9);
});

test('no bare place shows beside the paper, and it gets neither smaller nor gigantic', () => {
  for (const to of [
    [900, 900, 300],
    [-900, -900, 300],
    [300, 250, 10],
    [300, 250, 9000],
  ]) {
    const { zoom, x, y } = pinched([300, 250, 100], to);
    assert.ok(zoom >= 1 && zoom <= View.MOST);
    for (const corner of [x, y]) assert.ok(corner <= 0 && corner >= 1 - zoom);
  }
});

test('all but whole is whole', () => {
  const view = pinched([300, 250, 100], [310, 250, 105]);
  assert.equal(view.isWhole, false);
  view.settle();
  assert.equal(view.isWhole, true);
  assert.deepEqual([view.x, view.y], [0, 0]);
});

test('fingers on the same spot do not throw the paper away', () => {
  const view = pinched([300, 250, 0], [300, 250, 2]);
  assert.ok(Number.isFinite(view.zoom) && view.zoom <= View.MOST);
});
