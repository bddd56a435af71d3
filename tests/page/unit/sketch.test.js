import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sketch } from '../../../pix2pix/page/drawing/sketch.js';

function draw(
  sketch,
  kind = 'line',
  points = [
    [0.1, 0.1],
    [0.5, 0.5],
  ],
) {
  sketch.begin(kind, 0.01, kind === 'hint' ? '#d93a32' : null);
  for (const [x, y] of points) sketch.extend(x, y, 0.5);
  sketch.end();
}

test('undo and redo go through every state, and a new stroke ends what could be redone', () => {
  const sketch = new Sketch();
  draw(sketch);
  draw(sketch);
  sketch.undo();
  assert.equal(sketch.strokes.length, 1);
  sketch.redo();
  assert.equal(sketch.strokes.length, 2);
  sketch.undo();
  draw(sketch, 'hint');
  assert.equal(sketch.canRedo, false);
  assert.deepEqual(
    sketch.strokes.map(({ kind }) => kind),
    ['line', 'hint'],
  );
});

test('undo past the beginning changes nothing', () => {
  const sketch = new Sketch();
  sketch.undo();
  sketch.redo();
  assert.equal(sketch.isEmpty, true);
});

test('a point too near the last one is left out', () => {
  const sketch = new Sketch();
  sketch.begin('line', 0.01, null);
  assert.equal(sketch.extend(0.5, 0.5, 0.5), true);
  assert.equal(sketch.extend(0.5005, 0.5, 0.5), false);
  assert.equal(sketch.extend(0.51, 0.5, 0.5), true);
  assert.equal(sketch.live.points.length, 2);
});

test('smoothing lags behind a trembling hand', () => {
  const sketch = new Sketch();
  sketch.begin('line', 0.01, null);
  sketch.extend(0, 0, 0.5);
  sketch.extend(0.4, 0, 0.5, 0.5);
  assert.equal(sketch.live.points[1][0], Sketch.round(0.2));
});

test('a smoothed line has its end where the hand was lifted, and a tail there until then', () => {
  const sketch = new Sketch();
  sketch.begin('line', 0.01, null);
  for (const x of [0.125, 0.25, 0.75]) sketch.extend(x, 0.5, 0.5, 0.5);
  const last = sketch.live.points.at(-1);
  assert.ok(last[0] < 0.625);
  assert.deepEqual(sketch.tail.points.slice(1), [last, [0.75, 0.5, 0.5]]);
  sketch.end();
  assert.deepEqual(sketch.strokes[0].points.at(-1), [0.75, 0.5, 0.5]);
  assert.equal(sketch.tail, null);
});

test('a tap stays one point, though the finger was not quite still', () => {
  const sketch = new Sketch();
  sketch.begin('line', 0.01, null);
  for (const x of [0.5, 0.501, 0.5005]) sketch.extend(x, 0.5, 0.5, 0.5);
  sketch.end();
  assert.equal(sketch.strokes[0].points.length, 1);
});

test('gaps close after a hand, and stay after keys', () => {
  const gaps = [true, false].map((isByHand) => {
    const sketch = new Sketch();
    sketch.begin('line', 0.01, null);
    for (const [x, y] of [
      [0.2, 0.2],
      [0.8, 0.2],
      [0.5, 0.8],
      [0.21, 0.22],
    ]) {
      sketch.extend(x, y, 0.5);
    }
    sketch.end(isByHand);
    const { points } = sketch.strokes[0];
    return Math.hypot(points[0][0] - points.at(-1)[0], points[0][1] - points.at(-1)[1]);
  });
  assert.equal(gaps[0], 0);
  assert.ok(gaps[1] > 0.02);
});

test('a line that is dropped leaves no state behind', () => {
  const sketch = new Sketch();
  sketch.begin('line', 0.01, null);
  sketch.extend(0.5, 0.5, 0.5);
  sketch.drop();
  sketch.end();
  assert.equal(sketch.isEmpty, true);
  assert.equal(sketch.canUndo, false);
});

test('a tap without a point leaves no state behind', () => {
  const sketch = new Sketch();
  sketch.begin('line', 0.01, null);
  sketch.end();
  assert.equal(sketch.canUndo, false);
});

test('what was drawn comes back from its JSON', () => {
  const sketch = new Sketch();
  draw(sketch);
  draw(sketch, 'hint');
  sketch.recolour(7);
  const again = new Sketch();
  again.restore(JSON.parse(JSON.stringify(sketch)));
  assert.deepEqual(again.toJSON(), sketch.toJSON());
  assert.deepEqual(again.colours, { seed: 7, accent: true });
});

test('a new sheet has colours and a name of its own; undo brings both back', () => {
  const sketch = new Sketch();
  draw(sketch);
  const before = sketch.toJSON();
  sketch.replace();
  assert.notEqual(sketch.id, before.id);
  sketch.undo();
  assert.deepEqual(sketch.toJSON(), before);
});

test('a fork is another drawing in all its states', () => {
  const sketch = new Sketch();
  draw(sketch);
  const { id } = sketch;
  sketch.fork();
  assert.notEqual(sketch.id, id);
  const forked = sketch.id;
  sketch.undo();
  assert.notEqual(sketch.id, id);
  sketch.redo();
  assert.equal(sketch.id, forked);
});

const STROKE = { kind: 'line', width: 0.01, color: null, points: [[0, 0, 0.5]] };

test('a drawing from before drawings had names gets one', () => {
  const sketch = new Sketch();
  sketch.open({ strokes: [STROKE], seed: 3, accent: false });
  assert.match(sketch.id, /^[0-9a-z]+-[0-9a-z]+$/);
});

for (const [what, state] of Object.entries({
  nothing: null,
  'no strokes': { seed: 1 },
  'no seed': { strokes: [] },
  'a seed too large': { strokes: [], seed: Sketch.SEEDS },
  'an unknown kind': { seed: 1, strokes: [{ ...STROKE, kind: 'spray' }] },
  'no points': { seed: 1, strokes: [{ ...STROKE, points: [] }] },
  'a point without pressure': { seed: 1, strokes: [{ ...STROKE, points: [[0, 0]] }] },
  'a point far away': { seed: 1, strokes: [{ ...STROKE, points: [[9, 0, 0.5]] }] },
  'a colour that is none': { seed: 1, strokes: [{ ...STROKE, kind: 'hint', color: 'url(x)' }] },
  'a name that is a number': { seed: 1, strokes: [], id: 3 },
})) {
  test(`${what} is no drawing, and leaves the sheet as it is`, () => {
    assert.equal(Sketch.isDrawing(state), false);
    const sketch = new Sketch();
    const before = sketch.toJSON();
    sketch.restore(state);
    assert.deepEqual(sketch.toJSON(), before);
  });
}
