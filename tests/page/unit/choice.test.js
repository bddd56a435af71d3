import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Choice } from '../../../pix2pix/page/engine/choice.js';

let served;
let drawn;
let stopped;
let shown;
let now;
let wanted;
let isSteady;
let id;
let answerOfEngine;

beforeEach(() => {
  [served, drawn, stopped, shown] = [[], [], [], []];
  [now, wanted, isSteady, id] = [0, 'auto', true, 0];
});

function choose() {
  return new Choice({
    server: (wish) => served.push(wish.id),
    engine: (answered) => {
      answerOfEngine = answered;
      return {
        send: (wish) => drawn.push(wish.id),
        prepare: (domain) => drawn.push(domain),
        stop: () => stopped.push(true),
      };
    },
    answer: (answer) => shown.push(answer.id),
    domains: ['shoes'],
    wanted: () => wanted,
    isSteady,
    now: () => now,
  });
}

function draw(choice, more = {}) {
  id += 1;
  choice.send({ id, kind: 'draw', domain: 'shoes', drawing: '', ...more });
  return id;
}

function serve(choice, milliseconds, count = Choice.TAKEN) {
  for (let times = 0; times < count; times += 1) {
    const asked = draw(choice);
    now += milliseconds;
    choice.heard({ id: asked });
  }
}

/** The engine draws what it is to be measured by. */
function measure(loading, drawing) {
  now += loading;
  answerOfEngine({ id: Choice.FIRST });
  now += drawing;
  answerOfEngine({ id: Choice.SECOND });
}

test('a quick server is asked for every picture, and nothing is loaded', () => {
  const choice = choose();
  serve(choice, Choice.QUICK / 2, 20);
  assert.equal(served.length, 20);
  assert.deepEqual(drawn, []);
});

test('a slow server makes way for an engine that draws the same drawing in less time', () => {
  const choice = choose();
  serve(choice, 400);
  assert.deepEqual(drawn, [Choice.FIRST]);
  assert.equal(choice.patience, undefined); // the page still waits for the server
  measure(9000, 300); // loading does not count
  const asked = draw(choice);
  assert.deepEqual(drawn, [Choice.FIRST, Choice.SECOND, asked]);
  answerOfEngine({ id: asked });
  assert.deepEqual(shown, [asked]); // not what it was measured by
});

test('an engine that is slower than a slow server is not asked again', () => {
  const choice = choose();
  serve(choice, 400);
  measure(0, 500);
  serve(choice, 400, 10);
  assert.equal(served.length, 15);
  assert.equal(drawn.length, 2);
  assert.equal(stopped.length, 1); // it gave its memory back
});

test('small pictures, errands and refusals say nothing about how slow the server is', () => {
  const choice = choose();
  for (let times = 0; times < 9; times += 1) {
    const small = draw(choice, { size: 256 });
    now += 1000;
    choice.heard({ id: small });
    const refused = draw(choice);
    now += 1000;
    choice.heard({ id: refused, error: { code: 'empty_drawing' } });
  }
  assert.deepEqual(drawn, []);
});

test('where the engine is not steady it is not tried, but used by whoever wants it', () => {
  isSteady = false;
  const choice = choose();
  serve(choice, 400);
  assert.deepEqual(drawn, []);
  wanted = 'browser';
  assert.deepEqual([draw(choice)], drawn);
});

test('who wants the server keeps it, however slow', () => {
  wanted = 'server';
  const choice = choose();
  serve(choice, 4000, 9);
  assert.equal(served.length, 9);
  assert.deepEqual(drawn, []);
});

test('what the engine cannot do is left to the server', () => {
  wanted = 'browser';
  const choice = choose();
  const mine = [draw(choice, { domain: 'car' }), draw(choice, { kind: 'enlarge' })];
  assert.deepEqual(served, mine);
});

test('an engine that breaks leaves its drawing and all others to the server', () => {
  wanted = 'browser';
  const choice = choose();
  const asked = draw(choice);
  assert.equal(choice.patience, Infinity);
  answerOfEngine({ id: asked, error: { code: 'engine_failed' } });
  assert.deepEqual(served, [asked]);
  assert.deepEqual(shown, []);
  assert.equal(choice.patience, undefined);
  assert.deepEqual([asked, draw(choice)], served);
});

test('an engine that breaks while it is measured changes nothing', () => {
  const choice = choose();
  serve(choice, 400);
  answerOfEngine({ id: Choice.FIRST, error: { code: 'engine_failed' } });
  assert.deepEqual(served, [1, 2, 3, 4, 5]);
  draw(choice);
  assert.equal(served.length, 6);
});

test('an engine gets ready before the first line only where it will draw it', () => {
  choose().prepare('shoes');
  wanted = 'browser';
  choose().prepare('car'); // the server's
  assert.deepEqual(drawn, []);
  choose().prepare('shoes');
  assert.deepEqual(drawn, ['shoes']);
});
