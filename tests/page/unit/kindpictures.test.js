import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { KindPictures } from '../../../pix2pix/page/picture/kindpictures.js';
import { Pending } from '../../../pix2pix/page/picture/pending.js';
import { Server } from '../../../pix2pix/page/picture/server.js';

globalThis.window = Object.assign(new EventTarget(), { requestIdleCallback: (run) => run() });
const DOMAINS = ['shoes', 'car', 'panda'].map((id) => ({ id }));
let events;
let sent;
let shown;
let drawing;
let server;
let pending;
let table;
let card;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  events = new EventTarget();
  sent = [];
  shown = {};
  drawing = 'boot';
  table = { domain: DOMAINS[0], sketch: { live: null } };
  table.request = () => ({ kind: 'draw', domain: table.domain.id, drawing, seed: 1 });
  card = { hasPicture: true, isColoured: false, picture: { src: 'large' } };
  const nothing = () => {};
  const handlers = {
    answer: nothing,
    lost: nothing,
    back: nothing,
    refused: nothing,
    slow: nothing,
    busy: nothing,
  };
  const request = () => table.request();
  server = new Server({ send: (asked) => sent.push(asked) }, { request, ...handlers });
  pending = new Pending(server);
  new KindPictures({
    domains: DOMAINS,
    ...{ table, card, server, pending, events },
    show: ({ id }, picture) => {
      shown[id] = picture;
    },
  });
});

afterEach(() => mock.timers.reset());

const tell = (event) => events.dispatchEvent(new Event(event));

function rest() {
  tell('picture-changed');
  mock.timers.tick(KindPictures.REST);
}

/** The server answers; the next is asked for after a rest. */
function answer(answer) {
  server.receive({ id: sent.at(-1).id, ...answer });
  mock.timers.tick(KindPictures.REST);
}

test('a resting hand gets its drawing as every kind, one after the other and small', () => {
  rest();
  assert.deepEqual(shown, { shoes: 'large' }); // it is there already
  assert.deepEqual(sent, [
    { id: 1, kind: 'draw', domain: 'car', drawing: 'boot', seed: 1, size: 256 },
  ]);
  answer({ picture: 'boot as car' });
  assert.deepEqual([sent.length, sent[1].domain], [2, 'panda']);
  answer({ picture: 'boot as panda' });
  assert.deepEqual(shown, { shoes: 'large', car: 'boot as car', panda: 'boot as panda' });
  assert.equal(sent.length, 2);
});

test('nothing is asked for while the hand draws', () => {
  tell('picture-changed');
  tell('drawing-changed');
  mock.timers.tick(10 * KindPictures.REST);
  assert.deepEqual(sent, []);
  table.sketch.live = {};
  rest();
  assert.deepEqual(sent, []);
});

test('what is on its way when the hand draws again is dropped, and the drawing comes next', () => {
  rest();
  drawing = 'boot with laces';
  tell('drawing-resumed');
  server.update();
  server.receive({ id: 1, picture: 'boot as car' });
  assert.deepEqual(shown, { shoes: 'large' });
  assert.deepEqual(sent.slice(1), [
    { id: sent[1].id, kind: 'draw', domain: 'shoes', drawing: 'boot with laces', seed: 1 },
  ]);
  assert.equal(pending.errand, null);
});

test('a wish of the child comes first', () => {
  const wish = pending.begin('enlarge');
  rest();
  assert.deepEqual(sent, []);
  pending.end(wish);
  mock.timers.tick(KindPictures.REST);
  assert.equal(sent.length, 1);
  pending.ask(pending.begin('sticker'), { kind: 'sticker' }, () => {});
  answer({ picture: 'boot as car' });
  assert.equal(sent.at(-1).kind, 'sticker');
  assert.equal(shown.car, undefined);
});

test('a server that draws for somebody else is not asked', async () => {
  server.update();
  await null; // until it is sent
  rest();
  assert.equal(sent.length, 1);
  assert.equal(sent[0].size, undefined);
  server.receive({ id: 1 });
  mock.timers.tick(KindPictures.REST);
  assert.equal(sent[1].size, 256);
});

test('another kind of the same drawing asks for nothing twice', () => {
  rest();
  answer({ picture: 'boot as car' });
  answer({ picture: 'boot as panda' });
  table.domain = DOMAINS[1];
  card.picture.src = 'large car';
  tell('domain-changed');
  rest();
  assert.equal(sent.length, 2);
  assert.equal(shown.car, 'large car');
});

test('a kind that cannot be drawn keeps its icon, and the others are drawn', () => {
  rest();
  answer({ error: { code: 'missing_weights' } });
  assert.equal(shown.car, null);
  answer({ picture: 'boot as panda' });
  assert.equal(shown.panda, 'boot as panda');
});

test('without a drawing there are icons again; a photo in colour is no drawing', () => {
  rest();
  card.hasPicture = false;
  rest();
  assert.deepEqual(shown, { shoes: null, car: null, panda: null });
  card.hasPicture = true;
  card.isColoured = true;
  rest();
  assert.equal(sent.length, 1);
});
