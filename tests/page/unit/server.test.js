import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { isRefused } from '../../../pix2pix/page/picture/refusals.js';
import { Server } from '../../../pix2pix/page/picture/server.js';

globalThis.window = new EventTarget();
let sent;
let shown;
let busy;
let lost;
let refused;
let slow;
let drawing;
let server;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] }); // the page asks for ever whether a server is there
  sent = [];
  shown = [];
  busy = [];
  lost = 0;
  refused = 0;
  slow = false;
  drawing = 'line';
  server = new Server(
    { send: (request) => sent.push(request) },
    {
      request: () => drawing && { drawing },
      answer: ({ id }) => shown.push(id),
      lost: () => {
        lost += 1;
      },
      back: () => {
        if (refused) refused -= 1;
        else lost -= 1;
      },
      refused: () => {
        refused += 1;
      },
      slow: (isSlow) => {
        slow = isSlow;
      },
      busy: (isBusy) => busy.push(isBusy),
    },
  );
});

/** Changes the drawing, and lets what comes of it be sent. */
async function update() {
  server.update();
  await null;
}

afterEach(() => {
  mock.restoreAll();
  mock.timers.reset();
});

test('one request at a time; while it is on its way only the newest drawing waits', async () => {
  await update();
  drawing = 'two lines';
  await update();
  drawing = 'three lines';
  await update();
  assert.deepEqual(sent, [{ id: 1, drawing: 'line' }]);
  server.receive({ id: 1 });
  assert.deepEqual(sent.slice(1), [{ id: 2, drawing: 'three lines' }]);
  assert.deepEqual(shown, [1]);
  server.receive({ id: 2 });
  assert.deepEqual(shown, [1, 2]);
  assert.equal(busy.at(-1), false);
});

test('an answer comes as an event of the page', async () => {
  const event = Object.assign(new Event('sketch-answer'), { detail: { id: 1 } });
  await update();
  window.dispatchEvent(event);
  assert.deepEqual(shown, [1]);
});

test('what is no answer changes nothing', async () => {
  await update();
  for (const answer of [null, undefined, {}, { id: null }]) server.receive(answer);
  assert.deepEqual(shown, []);
  assert.equal(server.waiting, true);
});

test('the answer about a drawing that was undone is dropped', async () => {
  await update();
  drawing = null;
  await update();
  server.receive({ id: 1 });
  assert.deepEqual(shown, [1]); // it was the newest when it came
  drawing = 'line';
  await update();
  server.renew();
  server.receive({ id: sent.at(-1).id });
  assert.deepEqual(shown, [1]); // a picture that was chosen since then stays
});

test('an errand goes before the drawing, which is sent when it is done', async () => {
  const done = [];
  await update();
  server.ask({ enlarge: 'picture' }, (answer) => done.push(answer.id));
  await update();
  server.receive({ id: 1 });
  assert.deepEqual(sent.at(-1), { id: 2, enlarge: 'picture' });
  server.receive({ id: 2 });
  assert.deepEqual(done, [2]);
  assert.equal(sent.at(-1).drawing, 'line');
  assert.equal(sent.length, 3);
});

test('of two errands the newer one is done', () => {
  const done = [];
  server.ask({ enlarge: 'old' }, () => done.push('old'));
  server.ask({ enlarge: 'new' }, () => done.push('new'));
  server.receive({ id: 1 });
  server.receive({ id: sent.at(-1).id });
  assert.deepEqual(done, ['new']);
});

test('an errand that was forgotten is never done', () => {
  server.ask({ enlarge: 'picture' }, () => assert.fail('done'));
  server.forget();
  server.receive({ id: 1 });
  assert.deepEqual(shown, []);
});

test('what changes in one go is sent once, as it is then', async () => {
  server.update();
  drawing = 'two lines';
  await update();
  assert.deepEqual(sent, [{ id: 1, drawing: 'two lines' }]);
});

test('of what changes in one go and then rests nothing is sent', async () => {
  server.update();
  server.rest();
  await null;
  assert.deepEqual(sent, []);
  assert.equal(busy.at(-1), false);
});

test('a line that ended does not wait for the picture of half of it', async () => {
  await update();
  drawing = 'whole line';
  server.update();
  server.hurry();
  await null;
  assert.deepEqual(sent.at(-1), { id: 2, drawing: 'whole line' });
  server.receive({ id: 1 });
  assert.deepEqual(shown, []);
  assert.equal(server.isBusy, true);
  server.receive({ id: 2 });
  assert.deepEqual(shown, [2]);
  assert.equal(busy.at(-1), false);
});

test('a line that ended waits for an errand, for nothing new, and for a server', async () => {
  await update();
  server.hurry(); // it is on its way as it is
  await null;
  assert.equal(sent.length, 1);
  server.ask({ enlarge: 'picture' }, () => {});
  server.update();
  server.hurry();
  await null;
  assert.equal(sent.length, 1);
  server.forget();
  await wait(() => false);
  server.update();
  server.hurry();
  await null;
  assert.equal(sent.length, 1);
});

test('a request whose connection broke is sent again as soon as the server is looked for', async () => {
  await update();
  server.broken();
  await wait(() => true);
  assert.equal(sent.length, 2);
  server.receive({ id: 2 });
  assert.deepEqual(shown, [2]);
});

test('a drawing that rests is not drawn when its answer comes', async () => {
  await update();
  server.rest();
  server.receive({ id: 1 });
  assert.deepEqual(shown, []);
  assert.equal(sent.length, 1);
});

/** Runs what happens to a page whose server says `isThere` when it is asked after a while. */
async function wait(isThere) {
  mock.method(globalThis, 'fetch', async () => {
    if (!isThere()) throw new TypeError('no server');
    return { status: 200 };
  });
  mock.timers.tick(Server.PATIENCE);
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

test('a server that is gone is told once, and asked again when it is back', async () => {
  await update();
  await wait(() => false);
  await wait(() => false);
  assert.equal(lost, 1);
  drawing = 'drawn meanwhile';
  await update();
  assert.equal(sent.length, 1);
  await wait(() => true);
  assert.equal(lost, 0);
  assert.deepEqual(sent.at(-1), { id: 2, drawing: 'drawn meanwhile' });
});

test('a server that is there but slow is waited for', async () => {
  await update();
  await wait(() => true);
  assert.equal(lost, 0);
  assert.equal(sent.length, 1);
  server.receive({ id: 1 });
  assert.deepEqual(shown, [1]);
});

test('an answer that comes after all ends what was told', async () => {
  await update();
  await wait(() => false);
  server.receive({ id: 1 });
  assert.equal(lost, 0);
  assert.deepEqual(shown, [1]);
});

test('a slow server shows, until its answer comes', async () => {
  await update();
  assert.equal(slow, false);
  await wait(() => true);
  assert.equal(slow, true);
  server.receive({ id: 1 });
  assert.equal(slow, false);
});

test('a drawing that is turned away is told at once, and tried again after a while', async () => {
  await update();
  server.failed();
  assert.equal(refused, 1);
  drawing = 'drawn meanwhile';
  await update();
  assert.equal(sent.length, 1); // not at every point of a line
  mock.timers.tick(Server.PATIENCE);
  assert.deepEqual(sent.at(-1), { id: 2, drawing: 'drawn meanwhile' });
  server.failed();
  assert.equal(refused, 1);
  mock.timers.tick(Server.PATIENCE);
  server.receive({ id: 3 });
  assert.equal(refused, 0);
  assert.deepEqual(shown, [3]);
});

test('an errand that is turned away comes to an end, and the drawing goes on', async () => {
  const answers = [];
  server.ask({ picture: 'too large' }, (answer) => answers.push(answer.error.code));
  await update();
  server.failed();
  assert.deepEqual(answers, ['refused']);
  assert.equal(refused, 0);
  mock.timers.tick(Server.PATIENCE);
  assert.equal(sent.at(-1).drawing, 'line');
});

test('a failure of what nobody waits for is none', () => {
  server.failed();
  assert.equal(refused, 0);
});

test('a server that never answers seems to refuse after two tries, whatever it says elsewhere', async () => {
  const now = mock.method(performance, 'now', () => 0);
  await update();
  now.mock.mockImplementation(() => Server.GIVE_UP + 1);
  await wait(() => true);
  assert.equal(refused, 0);
  assert.equal(sent.length, 2);
  now.mock.mockImplementation(() => 2 * Server.GIVE_UP + 2);
  await wait(() => true);
  assert.equal(refused, 1);
});

for (const [name, responseStatus, is] of [
  ['http://there/gradio_api/queue/join?__theme=light', 413, true],
  ['http://there/gradio_api/queue/join', 404, true],
  ['http://there/gradio_api/queue/data?session_hash=x', 500, true],
  ['http://there/gradio_api/queue/join', 200, false],
  ['http://there/gradio_api/queue/join', undefined, false],
  ['http://there/missions.json', 404, false],
]) {
  test(`${responseStatus} at ${name} is ${is ? 'a' : 'no'} refusal`, () => {
    assert.equal(isRefused({ name, responseStatus }), is);
  });
}
