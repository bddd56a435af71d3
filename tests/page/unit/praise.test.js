import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import { Texts } from '../../../pix2pix/page/common/texts.js';
import { OwnStrokes } from '../../../pix2pix/page/drawing/ownstrokes.js';
import { Sketch } from '../../../pix2pix/page/drawing/sketch.js';
import { Stars } from '../../../pix2pix/page/missions/stars.js';
import { Trace } from '../../../pix2pix/page/missions/trace.js';

let events;
let sketch;
let own;
let storage;

beforeEach(() => {
  storage = new Map();
  globalThis.localStorage = {
    getItem: (key) => storage.get(key) ?? null,
    setItem: (key, text) => storage.set(key, text),
  };
  events = new EventTarget();
  sketch = new Sketch();
  own = new OwnStrokes(sketch, events);
});

const changed = () => events.dispatchEvent(new Event('drawing-changed'));
const STARTER = [{ kind: 'line', width: 0.01, color: null, points: [[0.5, 0.5, 0.5]] }];

function draw(kind = 'line', end = () => sketch.end()) {
  sketch.begin(kind, 0.01, kind === 'hint' ? '#d93a32' : null);
  sketch.extend(0.2, 0.2, 0.5);
  sketch.extend(0.7, 0.6, 0.5);
  changed();
  end();
  changed();
}

test('a drawing that came as a whole is not one’s own, a line on it is', () => {
  sketch.replace(STARTER);
  changed();
  assert.equal(own.drawn.length, 0);
  draw();
  assert.equal(own.drawn.length, 1);
});

test('a tap and a dab are one’s own, rubbing out is not', () => {
  sketch.begin('line', 0.01, null);
  sketch.extend(0.5, 0.5, 0.5);
  changed();
  sketch.end();
  changed();
  draw('hint');
  draw('erase');
  assert.deepEqual(
    own.drawn.map(({ kind }) => kind),
    ['line', 'hint'],
  );
});

test('a line that a palm began, and one that was undone, do not count', () => {
  sketch.replace(STARTER);
  draw('line', () => sketch.drop());
  assert.equal(own.drawn.length, 0);
  draw();
  sketch.undo();
  changed();
  assert.equal(own.drawn.length, 0);
  sketch.redo();
  changed();
  assert.equal(own.drawn.length, 1);
});

test('only who followed every line hears that all of it was drawn', () => {
  const file = new URL('../../../pix2pix/page/locales/en.json', import.meta.url);
  const texts = new Texts({ en: JSON.parse(readFileSync(file, 'utf8')) }, 'en', []);
  assert.equal(Trace.praise(texts, 3, 3), texts.get('trace_done'));
  assert.match(Trace.praise(texts, 2, 3), /2 of 3/);
  assert.equal(Trace.praise(texts, 0, 3), texts.get('trace_end'));
});

test('stars from before there were small ones are big', () => {
  storage.set(Stars.KEY, '["rain-boots"]');
  assert.deepEqual([...Stars.all()], [['rain-boots', true]]);
});

test('a small star can become big, and a big one stays', () => {
  Stars.add('big-cat', false);
  assert.equal(Stars.all().get('big-cat'), false);
  Stars.add('big-cat', true);
  Stars.add('big-cat', false);
  assert.deepEqual([...Stars.all()], [['big-cat', true]]);
});

test('where nothing can be kept, there are no stars and no trouble', () => {
  globalThis.localStorage = null;
  Stars.add('big-cat', true);
  assert.equal(Stars.all().size, 0);
});
