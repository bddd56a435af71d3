import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Turns } from '../../../pix2pix/page/engine/turns.js';
import { house, warmUp } from '../../../pix2pix/page/engine/warmup.js';

const SIDE = 256;
const constants = JSON.parse(
  readFileSync(new URL('../../../pix2pix/page/engine/constants.json', import.meta.url), 'utf-8'),
);

/** Networks that paint everything in one colour, and say when they run. */
function toys(ran) {
  return {
    config: { size: SIDE, palette: ['#e63774', '#387ed9', '#5de947', '#e6c537'], tinted: true },
    constants,
    generate: async () => {
      ran.push('generate');
      return new Float32Array(3 * SIDE * SIDE).fill(-0.5);
    },
    refine: async (_, height, width) => {
      ran.push('refine');
      return new Float32Array(12 * height * width).fill(-0.5);
    },
  };
}

function uses(ran, isAwaited) {
  let kept;
  return {
    model: async () => toys(ran),
    encode: async (picture) => {
      ran.push(`encode ${picture.width}`);
      kept = picture;
      return '';
    },
    decode: async () => kept,
    isAwaited,
  };
}

test('a house goes all the way that a drawing goes, and what the networks made of it is told', async () => {
  const ran = [];
  const { painted, took } = await warmUp(uses(ran, () => false));
  assert.deepEqual(ran, ['encode 256', 'generate', 'refine', 'encode 512']);
  assert.equal(painted.length, 3 * SIDE * SIDE);
  assert.ok(took > 0);
});

for (const [run, place] of [
  ['generate', 1],
  ['refine', 2],
]) {
  test(`a drawing that comes during '${run}' waits for nothing more`, async () => {
    const ran = [];
    assert.equal(await warmUp(uses(ran, () => ran.includes(run))), null);
    assert.deepEqual(ran, ['encode 256', 'generate', 'refine'].slice(0, place + 1));
  });
}

test('a drawing that came while the model was loaded is not kept waiting at all', async () => {
  const ran = [];
  assert.equal(await warmUp(uses(ran, () => true)), null);
  assert.deepEqual(ran, []);
});

test('the house is a drawing in black on white', () => {
  const { width, height, data } = house();
  const black = data.filter((value, at) => at % 4 === 0 && value === 0).length;
  assert.ok(black > 0.01 * width * height && black < 0.1 * width * height);
});

function turns(warm) {
  const posted = [];
  let all;
  const line = new Turns({
    answer: async ({ id }) => ({ id }),
    warm,
    post: (answer) => {
      posted.push(answer);
      if (posted.length === 2) all(posted);
    },
  });
  const done = new Promise((resolve) => {
    all = resolve;
  });
  return { line, done };
}

test('a request is answered after what is left off for it', async () => {
  const { line, done } = turns(async (_, isAwaited) => {
    assert.equal(isAwaited(), false);
    line.take({ id: 1, kind: 'draw' });
    return isAwaited() ? null : { took: 1 };
  });
  line.take({ kind: 'warm', domain: 'shoes' });
  assert.deepEqual(await done, [{ warmed: null }, { id: 1 }]);
});

test('requests that were answered do not count', async () => {
  const { line, done } = turns(async (_, isAwaited) => ({ isAwaited: isAwaited() }));
  line.take({ id: 1, kind: 'draw' });
  line.take({ kind: 'warm', domain: 'shoes' });
  assert.deepEqual(await done, [{ id: 1 }, { warmed: { isAwaited: false } }]);
});

test('what cannot be loaded to warm up is told to whoever draws', async () => {
  const { line, done } = turns(async () => {
    throw new Error('missing');
  });
  line.take({ kind: 'warm', domain: 'shoes' });
  line.take({ id: 1, kind: 'draw' });
  assert.deepEqual(await done, [{ warmed: null }, { id: 1 }]);
});
