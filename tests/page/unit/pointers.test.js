import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Pointers } from '../../../pix2pix/page/drawing/pointers.js';

const [PALM, SOON, LATE] = [Pointers.PALM + 20, 60, Pointers.TOGETHER + 100];
let told;
let pointers;

function made(options) {
  told = [];
  const where = ({ id, x, y }) => [id, x, y].join(' ');
  return new Pointers(
    {
      begin: ({ id, isEraser }) => told.push(`begin ${id}${isEraser ? ' erasing' : ''}`),
      move: (contact) => told.push(`move ${where(contact)}`),
      end: (contact) => told.push(`end ${where(contact)}`),
      drop: () => told.push('drop'),
      tap: (fingers) => told.push(`tap ${fingers}`),
      pinch: ([one, other], isFirst) =>
        told.push(`pinch ${where(one)} ${where(other)}${isFirst ? ' first' : ''}`),
      released: (left) => told.push(`released ${left?.id ?? null}`),
    },
    options,
  );
}

beforeEach(() => {
  pointers = made();
});

/** A contact, from `id x y at` and what is special about it. */
function contact(id, x, y, at, more = {}) {
  const rest = { kind: 'touch', size: 30, pressure: 0.5, isEraser: false };
  return { id, x, y, at, ...rest, ...more };
}
const PEN = { kind: 'pen', size: 1 };
const down = (...all) => pointers.down(contact(...all));
const move = (...all) => pointers.move(contact(...all));
const up = (...all) => pointers.up(contact(...all));
const drawn = () => told.filter((each) => !each.startsWith('move'));

// --- one finger -----------------------------------------------------------------------------------

test('a finger draws from where it came down to where it was lifted', () => {
  down(1, 10, 10, 0);
  move(1, 50, 10, 50);
  up(1, 60, 10, 80);
  assert.deepEqual(told, ['begin 1', 'move 1 10 10', 'move 1 50 10', 'end 1 60 10']);
});

test('a tap is a line as well', () => {
  down(1, 10, 10, 0);
  up(1, 10, 10, 60);
  assert.deepEqual(drawn(), ['begin 1', 'end 1 10 10']);
});

test('a mouse that hovers draws nothing, and its eraser erases', () => {
  move(1, 10, 10, 0, { kind: 'mouse' });
  assert.deepEqual(told, []);
  down(1, 10, 10, 1, { ...PEN, isEraser: true });
  assert.equal(told[0], 'begin 1 erasing');
});

test('a line that the system takes away stays, a palm that it takes goes', () => {
  down(1, 10, 10, 0);
  move(1, 90, 10, 300);
  pointers.up(contact(1, 0, 0, 310), true);
  assert.deepEqual(drawn(), ['begin 1', 'end 1 90 10']); // the place is no longer known
  told.length = 0;
  down(2, 10, 10, 1000, { size: PALM });
  move(2, 90, 10, 1300, { size: PALM });
  pointers.up(contact(2, 0, 0, 1310), true);
  assert.deepEqual(drawn(), ['begin 2', 'drop']);
});

// --- a second one -----------------------------------------------------------------------------------

test('a second finger that comes while the first one draws is an accident', () => {
  down(1, 10, 10, 0);
  move(1, 60, 10, 100);
  down(2, 300, 300, 100 + LATE);
  move(2, 360, 300, 120 + LATE);
  up(2, 360, 300, 140 + LATE);
  up(1, 90, 10, 200 + LATE);
  assert.deepEqual(drawn(), ['begin 1', 'end 1 90 10']);
});

test('a second finger that comes at once takes the line back, and two that tap undo', () => {
  down(1, 10, 10, 0);
  down(2, 60, 10, SOON);
  move(1, 12, 10, SOON + 20);
  up(1, 12, 10, 200);
  up(2, 60, 10, 220);
  assert.deepEqual(drawn(), ['begin 1', 'drop', 'tap 2']);
});

test('three tap as three, four are a hand that lies on the paper', () => {
  for (const fingers of [3, 4]) {
    told.length = 0;
    for (let id = 1; id <= fingers; id += 1) down(id, 60 * id, 10, 1000 * fingers + 20 * id);
    for (let id = 1; id <= fingers; id += 1) up(id, 60 * id, 10, 1000 * fingers + 300 + id);
    const end = fingers === 3 ? ['tap 3'] : [];
    assert.deepEqual(drawn(), ['begin 1', 'drop', ...end]);
  }
});

test('two that stay for long do not tap', () => {
  down(1, 10, 10, 0);
  down(2, 60, 10, SOON);
  up(1, 10, 10, Pointers.TAP + 100);
  up(2, 60, 10, Pointers.TAP + 120);
  assert.deepEqual(drawn(), ['begin 1', 'drop']);
});

test('two that move pinch, from where they came down; the one that is left draws nothing', () => {
  down(1, 100, 100, 0);
  down(2, 200, 100, SOON);
  move(2, 205, 100, 100);
  move(2, 240, 100, 140);
  up(1, 100, 100, 200);
  move(2, 300, 300, 240);
  up(2, 300, 300, 260);
  assert.deepEqual(told.slice(2), [
    'drop',
    'pinch 1 100 100 2 200 100 first',
    'pinch 1 100 100 2 240 100',
    'released null',
  ]);
  down(3, 10, 10, 400);
  assert.equal(told.at(-2), 'begin 3');
});

// --- a palm -------------------------------------------------------------------------------------------

for (const [what, more] of [
  ['large', { size: PALM }],
  ['still', {}],
]) {
  test(`a ${what} touch gives way to a newer finger, as soon as that moves`, () => {
    down(1, 400, 400, 0, more);
    down(2, 100, 100, LATE);
    assert.deepEqual(drawn(), ['begin 1']);
    move(2, 103, 100, LATE + 10);
    move(2, 130, 100, LATE + 20);
    move(1, 405, 400, LATE + 30, more);
    up(2, 140, 100, LATE + 40);
    up(1, 405, 400, LATE + 50, more);
    assert.deepEqual(drawn(), ['begin 1', 'drop', 'begin 2', 'end 2 140 100']);
    assert.ok(told.includes('move 2 103 100')); // from where it came down
  });
}

test('a dot beside a palm is a dot', () => {
  down(1, 400, 400, 0, { size: PALM });
  down(2, 100, 100, LATE);
  up(2, 100, 100, LATE + 60);
  assert.deepEqual(drawn(), ['begin 1', 'drop', 'begin 2', 'end 2 100 100']);
});

test('a palm that comes at once with a finger is no second finger', () => {
  down(1, 100, 100, 0);
  down(2, 400, 400, SOON, { size: PALM });
  move(1, 150, 100, 100);
  up(1, 150, 100, 200);
  assert.deepEqual(drawn(), ['begin 1', 'end 1 150 100']);
});

test('a finger that rested a moment and then went on keeps its line', () => {
  down(1, 100, 100, 0);
  down(2, 300, 300, LATE);
  move(1, 150, 100, LATE + 10);
  move(2, 350, 300, LATE + 20);
  up(2, 350, 300, LATE + 30);
  up(1, 150, 100, LATE + 40);
  assert.deepEqual(drawn(), ['begin 1', 'end 1 150 100']);
});

// --- a pen --------------------------------------------------------------------------------------------

test('a pen takes over from a palm that came first, and drops its line', () => {
  down(1, 400, 400, 0);
  move(1, 430, 400, 30);
  down(2, 100, 100, 50, PEN);
  move(1, 460, 400, 60);
  move(2, 150, 100, 70, PEN);
  up(2, 150, 100, 90, PEN);
  up(1, 460, 400, 95);
  assert.deepEqual(drawn(), ['begin 1', 'drop', 'begin 2', 'end 2 150 100']);
});

test('after a pen, also one that only hovered, touches do not draw for a good while', () => {
  move(9, 100, 100, 1000, PEN);
  down(1, 400, 400, 1000 + Pointers.AWAY - 100);
  move(1, 440, 400, 1000 + Pointers.AWAY - 50);
  up(1, 440, 400, 1000 + Pointers.AWAY - 20);
  assert.deepEqual(told, []);
  down(2, 400, 400, 1000 + Pointers.AWAY);
  assert.equal(told[0], 'begin 2');
});

test('beside a pen that was lifted, two fingers still tap and pinch; the hand that holds it does not', () => {
  down(9, 100, 100, 0, PEN);
  up(9, 100, 100, 50, PEN);
  for (const at of [200, 100 + Pointers.RESTING]) {
    down(1, 10, 10, at);
    down(2, 60, 10, at + 20);
    up(1, 10, 10, at + 100);
    up(2, 60, 10, at + 120);
  }
  assert.deepEqual(drawn(), ['begin 9', 'end 9 100 100', 'tap 2']);
});

test('a pen ends a pinch', () => {
  down(1, 100, 100, 0);
  down(2, 200, 100, SOON);
  move(2, 240, 100, 140);
  down(3, 300, 300, 200, PEN);
  move(2, 280, 100, 240);
  assert.deepEqual(told.slice(-3), ['released null', 'begin 3', 'move 3 300 300']);
});

test('neither a mouse nor another pen takes over from a pen', () => {
  down(1, 100, 100, 0, PEN);
  down(2, 200, 100, 50, { kind: 'mouse' });
  down(3, 200, 100, 60, PEN);
  assert.deepEqual(drawn(), ['begin 1']);
});

// --- where fingers may join ----------------------------------------------------------------------------

test('a second finger joins at any time where it may, and the other goes on alone', () => {
  pointers = made({ mayJoin: true });
  down(1, 100, 100, 0);
  move(1, 150, 100, 400);
  down(2, 250, 100, 1000);
  move(2, 350, 100, 1050);
  up(1, 150, 100, 1100);
  move(2, 360, 100, 1150);
  up(2, 360, 100, 1200);
  assert.deepEqual(told.slice(3), [
    'pinch 1 150 100 2 250 100 first',
    'pinch 1 150 100 2 350 100',
    'released 2',
    'move 2 360 100',
    'end 2 360 100',
  ]);
});

test('what came from elsewhere goes on without beginning', () => {
  pointers.adopt(contact(1, 100, 100, 0));
  move(1, 150, 100, 50);
  up(1, 150, 100, 60);
  assert.deepEqual(told, ['move 1 150 100', 'end 1 150 100']);
});

test('one that came down elsewhere waits for a hand at work, and takes over from a palm', () => {
  down(1, 10, 10, 0);
  assert.equal(pointers.mayAdopt(SOON), false); // it may yet move
  assert.equal(pointers.mayAdopt(LATE), true);
  move(1, 60, 10, LATE);
  assert.equal(pointers.mayAdopt(LATE), false);
  up(1, 60, 10, LATE);
  down(2, 10, 10, LATE, { size: PALM });
  assert.equal(pointers.mayAdopt(LATE), true);
  told = [];
  pointers.adopt(contact(3, 100, 100, LATE));
  move(2, 60, 60, LATE);
  move(3, 150, 100, LATE);
  up(3, 150, 100, LATE);
  assert.deepEqual(told, ['drop', 'move 3 150 100', 'end 3 150 100']);
});
