import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Answers } from '../../../pix2pix/page/engine/answers.js';

const SIDE = 256;
const constants = JSON.parse(
  readFileSync(new URL('../../../pix2pix/page/engine/constants.json', import.meta.url), 'utf-8'),
);

function isOpaque(data) {
  return data.every((value, at) => at % 4 < 3 || value === 255);
}

/** A square on white. */
function drawing() {
  const data = new Uint8ClampedArray(4 * SIDE * SIDE).fill(255);
  for (let at = 60; at < 196; at += 1) {
    for (const [x, y] of [
      [at, 60],
      [at, 195],
      [60, at],
      [195, at],
    ]) {
      for (const turn of [0, 1]) data.set([0, 0, 0], 4 * ((y + turn) * SIDE + x + turn));
    }
  }
  return { width: SIDE, height: SIDE, data };
}

/** All that is not a network: this one paints everything in its hints' colour. */
function answers() {
  const asked = [];
  const model = {
    config: { size: SIDE, palette: ['#e63774', '#387ed9', '#5de947', '#e6c537'], tinted: true },
    constants,
    generate: async (input) => input.slice(SIDE * SIDE, 4 * SIDE * SIDE),
    refine: async (input, height, width) => {
      const large = new Float32Array(12 * height * width);
      for (let at = 0; at < large.length; at += 1) {
        const [x, line] = [at % (2 * width), Math.floor(at / (2 * width))];
        large[at] = input[(line >> 1) * width + (x >> 1)];
      }
      return large;
    },
  };
  return {
    asked,
    model,
    answers: new Answers({
      model: async (domain, isPassing) => {
        asked.push([domain, isPassing]);
        if (domain !== 'shoes') throw Object.assign(new Error('none'), { code: 'missing_weights' });
        return model;
      },
      decode: async (url) =>
        url === 'empty' ? { ...drawing(), data: drawing().data.fill(255) } : drawing(),
      encode: async ({ width, height, data }) =>
        `${width}x${height} ${isOpaque(data) ? 'opaque' : 'clear'}`,
    }),
  };
}

const wish = { id: 7, kind: 'draw', domain: 'shoes', drawing: 'square', hints: '', seed: 3 };

test('a drawing becomes a picture of 512 px and its edge map', async () => {
  const { answers: engine, asked } = answers();
  const { id, picture, edges } = await engine.answer(wish);
  assert.equal(id, 7);
  assert.equal(picture, '512x512 opaque');
  assert.equal(edges, '256x256 opaque');
  assert.deepEqual(asked, [['shoes', false]]);
});

test('a small picture is one in passing', async () => {
  const { answers: engine, asked } = answers();
  assert.equal((await engine.answer({ ...wish, size: SIDE })).picture, '256x256 opaque');
  assert.deepEqual(asked, [['shoes', true]]);
});

test('variants are four pictures, and a sticker is one that can be seen through', async () => {
  const { answers: engine } = answers();
  const { variants } = await engine.answer({ ...wish, kind: 'variants', seed: 2 ** 31 - 1 });
  assert.equal(variants.length, 4);
  const { sticker } = await engine.answer({ ...wish, kind: 'sticker' });
  assert.equal(sticker, '512x512 clear');
});

test('what goes wrong is an answer, too', async () => {
  const { answers: engine } = answers();
  const code = async (more) => (await engine.answer({ ...wish, ...more })).error.code;
  assert.equal(await code({ drawing: 'empty' }), 'empty_drawing');
  assert.equal(await code({ domain: 'car' }), 'missing_weights');
  for (const kind of ['bring', 'colourise', 'enlarge']) {
    assert.equal(await code({ kind }), 'needs_server');
  }
});

test('a drawing that nobody waits for any more is left off after one run of a network', async () => {
  const { answers: engine, model } = answers();
  const ran = [];
  const { generate, refine } = model;
  model.generate = (...values) => ran.push('generate') && generate(...values);
  model.refine = (...values) => ran.push('refine') && refine(...values);
  const { id, error } = await engine.answer(wish, () => ran.length > 0);
  assert.deepEqual([id, error.code, ran], [7, 'gave_way', ['generate']]);
  assert.equal((await engine.answer(wish, () => true)).error.code, 'gave_way');
  assert.deepEqual(ran, ['generate']);
  assert.ok((await engine.answer(wish, () => false)).picture);
  assert.deepEqual(ran, ['generate', 'generate', 'refine']);
});
