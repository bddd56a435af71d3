import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { setImmediate as settled } from 'node:timers/promises';
import { ClassMission } from '../../../pix2pix/page/classroom/classmission.js';
import { gridFor } from '../../../pix2pix/page/classroom/grid.js';
import { Poll } from '../../../pix2pix/page/classroom/poll.js';
import { Rest } from '../../../pix2pix/page/classroom/rest.js';
import { Sending } from '../../../pix2pix/page/classroom/sending.js';

class Node extends EventTarget {
  constructor() {
    super();
    this.attributes = new Map();
    this.open = false;
  }

  setAttribute(name, value) {
    this.attributes.set(name, value);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  querySelector() {
    this.inside ??= new Node();
    return this.inside;
  }

  showModal() {
    this.open = true;
  }

  close() {
    if (!this.open) return;
    this.open = false;
    this.dispatchEvent(new Event('close'));
  }
}

let stored;
let answers;
let asked;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  globalThis.HTMLElement = Node;
  globalThis.HTMLDialogElement = Node;
  globalThis.HTMLButtonElement = Node;
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  stored = new Map();
  globalThis.sessionStorage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
  };
  answers = [];
  asked = [];
  globalThis.fetch = async (address, options) => {
    asked.push([options.method ?? 'GET', address]);
    const answer = answers.shift() ?? {};
    if (answer instanceof Error) throw answer;
    const { status = 200, ...body } = answer;
    return { ok: status < 400, status, json: async () => body };
  };
});

afterEach(() => {
  mock.timers.reset();
});

// --- poll ----------------------------------------------------------------------------------------

function poll() {
  const told = { heard: [], lost: 0, refused: 0 };
  new Poll('news', {
    heard: (news) => told.heard.push(news),
    lost: () => {
      told.lost += 1;
    },
    refused: () => {
      told.refused += 1;
    },
  });
  return told;
}

async function pass(time = Poll.PAUSE) {
  await settled();
  mock.timers.tick(time);
  await settled();
}

test('it asks at once, and again after every answer', async () => {
  answers = [{ n: 1 }, { n: 2 }];
  const told = poll();
  await settled();
  assert.deepEqual(told.heard, [{ n: 1 }]);
  mock.timers.tick(Poll.PAUSE - 1);
  assert.equal(asked.length, 1);
  await pass(1);
  assert.deepEqual(told.heard, [{ n: 1 }, { n: 2 }]);
});

test('nobody asks while the page is hidden, and at once when it is seen', async () => {
  document.hidden = true;
  poll();
  await pass(10 * Poll.PAUSE);
  assert.equal(asked.length, 0);
  document.hidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  await settled();
  assert.equal(asked.length, 1);
});

test('a server that is away is asked more and more seldom, and that is told once', async () => {
  answers = Array.from({ length: 6 }, () => new TypeError('no network'));
  const told = poll();
  await pass();
  assert.equal(asked.length, 1, 'twice the pause now');
  await pass();
  assert.equal(asked.length, 2);
  await pass(Poll.MOST);
  assert.equal(told.lost, 1);
  await pass(Poll.MOST);
  await pass(Poll.MOST);
  await pass(Poll.MOST);
  assert.equal(told.lost, 1);
  assert.equal(asked.length, 6);
  await pass(Poll.MOST);
  assert.equal(told.heard.length, 1);
  await pass();
  assert.equal(told.heard.length, 2, 'the usual pace is back');
});

test('a server that is busy is asked again, one that refuses is not', async () => {
  answers = [{ status: 429 }, { status: 502 }, { status: 404 }];
  const told = poll();
  await pass(Poll.MOST);
  await pass(Poll.MOST);
  assert.equal(told.refused, 1);
  await pass(Poll.MOST);
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(Poll.MOST);
  assert.equal(asked.length, 3);
});

// --- pencils down ----------------------------------------------------------------------------------

function rest() {
  const root = new Node();
  const ended = [];
  const said = [];
  const made = new Rest({
    root,
    table: { end: (isByHand) => ended.push(isByHand) },
    spoken: { say: (key) => said.push(key) },
  });
  return { rest: made, dialog: root.inside, ended, said };
}

test('a line ends where it is, once, and the page stays covered until they go on', () => {
  const { rest: made, dialog, ended, said } = rest();
  made.turn(true);
  made.turn(true);
  assert.deepEqual(ended, [false]);
  dialog.close(); // by a second Escape, or by another dialog
  assert.equal(dialog.open, true);
  made.turn(false);
  assert.equal(dialog.open, false);
  assert.deepEqual(said, ['rest_tip', 'rest_over']);
});

test('Escape does not close it', () => {
  const { rest: made, dialog } = rest();
  made.turn(true);
  const pressed = new Event('cancel', { cancelable: true });
  dialog.dispatchEvent(pressed);
  assert.equal(pressed.defaultPrevented, true);
});

// --- a mission for all ------------------------------------------------------------------------------

function classMission({ isEmpty }) {
  const root = new Node();
  const dialog = new Node();
  let isOpen = false;
  root.querySelector = (selector) => {
    if (selector === 'dialog[open]') return isOpen ? new Node() : null;
    return dialog;
  };
  const started = [];
  const missions = {
    ofClass: null,
    seek: async (id) => (id === 'boots' ? { id } : undefined),
    start: ({ id }) => started.push(id),
    classCard: () => new Node(),
  };
  const table = { sketch: { isEmpty, live: null } };
  return {
    mission: new ClassMission({ root, table, missions }),
    dialog,
    started,
    missions,
    table,
    openAnother: () => {
      isOpen = true;
    },
  };
}

const ORDER = { id: 'boots', turn: '1' };

test('on an empty paper a mission begins by itself, once for each time it is started', async () => {
  const { mission, dialog, started } = classMission({ isEmpty: true });
  await mission.follow(ORDER);
  await mission.follow(ORDER);
  assert.deepEqual(started, ['boots']);
  await mission.follow({ ...ORDER, turn: '2' });
  assert.deepEqual(started, ['boots', 'boots']);
  assert.equal(dialog.open, false);
});

test('a page that is loaded again does not begin it again, but has its card', async () => {
  await classMission({ isEmpty: true }).mission.follow(ORDER);
  const { mission, missions, started } = classMission({ isEmpty: true });
  await mission.follow(ORDER);
  assert.deepEqual(started, []);
  assert.equal(missions.ofClass.id, 'boots');
});

test('whoever has drawn something, or is in a room, is asked', async () => {
  const drawn = classMission({ isEmpty: false });
  await drawn.mission.follow(ORDER);
  assert.deepEqual([drawn.started, drawn.dialog.open], [[], true]);
  await drawn.mission.follow(null);
  assert.equal(drawn.dialog.open, false, 'it is over');
  assert.equal(drawn.missions.ofClass, null);
  const inRoom = classMission({ isEmpty: true });
  inRoom.openAnother();
  await inRoom.mission.follow({ ...ORDER, turn: '2' });
  assert.deepEqual([inRoom.started, inRoom.dialog.open], [[], true]);
});

test('nobody is asked in the middle of a line, but after it', async () => {
  const { mission, table, dialog } = classMission({ isEmpty: false });
  table.sketch.live = {};
  await mission.follow(ORDER);
  assert.equal(dialog.open, false);
  table.sketch.live = null;
  await mission.follow(ORDER);
  assert.equal(dialog.open, true);
});

test('a mission that could not be fetched is sought again', async () => {
  const { mission, missions, started } = classMission({ isEmpty: true });
  const { seek } = missions;
  missions.seek = async () => undefined;
  await mission.follow(ORDER);
  missions.seek = seek;
  await mission.follow(ORDER);
  assert.deepEqual(started, ['boots']);
});

// --- sending ----------------------------------------------------------------------------------------

function sending() {
  const root = new Node();
  const failed = [];
  const enabled = [];
  const events = new EventTarget();
  const card = {
    hasPicture: false,
    isColoured: false,
    picture: { src: '' },
    failTo: (wish, { code }) => failed.push([wish, code]),
  };
  mock.method(Sending, 'file', async () => 'the picture');
  const made = new Sending({
    root,
    card,
    toolbar: { enable: (_action, isEnabled) => enabled.push(isEnabled) },
    spoken: { say: () => {} },
    events,
  });
  const draw = (src) => {
    Object.assign(card, { hasPicture: true, picture: { src } });
    events.dispatchEvent(new Event('picture-changed'));
  };
  const isPressed = () => root.inside.attributes.get('aria-pressed') === 'true';
  return { sending: made, card, draw, enabled, failed, isPressed };
}

test('nothing is sent without a press, nor without a picture that was drawn', async () => {
  const { sending: made, card, draw, enabled } = sending();
  assert.equal(enabled.at(-1), false);
  await made.press();
  draw('shoe');
  assert.equal(enabled.at(-1), true);
  card.isColoured = true;
  draw('photo of somebody');
  assert.equal(enabled.at(-1), false);
  await made.press();
  assert.deepEqual(asked, []);
});

test('a press sends, another takes it back, and a changed picture is another one', async () => {
  const { sending: made, draw, isPressed } = sending();
  draw('shoe');
  await made.press();
  assert.equal(isPressed(), true);
  draw('shoe with laces');
  assert.equal(isPressed(), false);
  await made.press();
  await made.press();
  assert.equal(isPressed(), false);
  const place = 'classroom/seats/' + made.seat;
  assert.deepEqual(asked, [
    ['PUT', place],
    ['PUT', place],
    ['DELETE', place],
  ]);
});

test('a page that is loaded again keeps its place', () => {
  assert.equal(sending().sending.seat, sending().sending.seat);
});

test('what did not arrive is told, and can be sent again', async () => {
  const { sending: made, draw, failed, isPressed } = sending();
  draw('shoe');
  answers = [{ status: 429, error: { code: 'too_often' } }, new TypeError('no network')];
  await made.press();
  await made.press();
  assert.equal(isPressed(), false);
  assert.deepEqual(failed, [
    ['send', 'too_often'],
    ['send', 'lost'],
  ]);
  await made.press();
  assert.equal(isPressed(), true);
});

test('when the lesson is over nothing is on the big screen', async () => {
  const { sending: made, draw, isPressed } = sending();
  draw('shoe');
  await made.press();
  made.forget();
  assert.equal(isPressed(), false);
});

// --- the wall ---------------------------------------------------------------------------------------

test('pictures are as large as all of them fit', () => {
  const columns = (count, width, height) => gridFor(count, width, height, 10).columns;
  assert.equal(columns(0, 900, 600), 1);
  assert.equal(columns(1, 900, 600), 1);
  assert.equal(columns(2, 900, 600), 2);
  assert.equal(columns(2, 600, 900), 1);
  assert.equal(columns(6, 900, 600), 3);
  assert.equal(columns(60, 1000, 650), 10);
  assert.equal(gridFor(6, 900, 600, 10).side, (900 - 2 * 10) / 3);
});
