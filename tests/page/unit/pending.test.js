import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Pending } from '../../../pix2pix/page/picture/pending.js';
import { Server } from '../../../pix2pix/page/picture/server.js';

globalThis.window = new EventTarget();
let server;
let pending;
let told;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] }); // the page asks for ever whether a server is there
  told = [];
  const nothing = () => {};
  const names = ['answer', 'lost', 'back', 'refused', 'slow', 'busy'];
  const handlers = Object.fromEntries(names.map((name) => [name, nothing]));
  server = new Server({ send: nothing }, { request: () => null, ...handlers });
  pending = new Pending(server);
});

afterEach(() => mock.timers.reset());

const begin = (kind) => pending.begin(kind, () => told.push(`${kind} dropped`));
const ask = (errand) => pending.ask(errand, {}, () => told.push(`${errand.kind} done`));

test('an errand is on its way until it is done', () => {
  ask(begin('enlarge'));
  assert.equal(pending.has('enlarge'), true);
  assert.equal(pending.has('variants'), false);
  server.receive({ id: server.sent });
  assert.equal(pending.has('enlarge'), false);
  assert.deepEqual(told, ['enlarge done']);
});

test('a newer errand takes the place of an older one, which is told', () => {
  ask(begin('enlarge'));
  ask(begin('sticker'));
  server.receive({ id: 1 });
  server.receive({ id: server.sent });
  assert.deepEqual(told, ['enlarge dropped', 'sticker done']);
});

test('only what is named is dropped', () => {
  ask(begin('enlarge'));
  pending.drop('photo', 'paper');
  assert.equal(pending.has('enlarge'), true);
  pending.drop('enlarge');
  server.receive({ id: server.sent });
  assert.deepEqual(told, ['enlarge dropped']);
});

test('what was dropped before it asked never asks', () => {
  const errand = begin('photo');
  pending.drop('photo');
  ask(errand);
  assert.equal(server.errand, null);
  assert.equal(pending.end(errand), false);
  assert.deepEqual(told, ['photo dropped']);
});

test('what came to nothing by itself is not told', () => {
  assert.equal(pending.end(begin('photo')), true);
  assert.deepEqual(told, []);
  assert.equal(pending.errand, null);
});
