import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Models } from '../../../pix2pix/page/engine/models.js';

const SIDE = 4;
const CONFIGS = {
  shoes: { generator: 'compact', widths: [8, 16], base: 16, size: SIDE },
  car: { generator: 'compact', widths: [8, 16], base: 16, size: SIDE },
  own: { generator: 'compact', widths: [8, 16], base: 8, size: SIDE },
  panda: { generator: 'coarse-to-fine', widths: [8, 16], base: 16, size: SIDE },
};

/** A runtime that tells on what each model runs, and what was released. */
function start(provider) {
  const [opened, released] = [[], []];
  const runtime = {
    InferenceSession: {
      create: async (bytes, { executionProviders }) => {
        const name = new TextDecoder().decode(bytes);
        opened.push(`${name} ${executionProviders}`);
        return {
          run: async () => ({ picture: { data: new Float32Array(1) } }),
          release: async () => released.push(name),
        };
      },
    },
    Tensor: class {},
  };
  const read = async (name) => {
    const domain = name.split('/')[1];
    if (name.endsWith('.onnx')) return new TextEncoder().encode(domain);
    return new TextEncoder().encode(JSON.stringify(CONFIGS[domain] ?? {}));
  };
  return { models: new Models(runtime, read, provider), opened, released };
}

test('everything runs on the processor unless told otherwise', async () => {
  const { models, opened } = start();
  await (await models.get('shoes')).refine(new Float32Array(7), 1, 1);
  assert.deepEqual(opened, ['shoes wasm', 'crisp wasm']);
});

test('the graphics processor runs generators that are built as the one it was tried with', async () => {
  const { models, opened } = start('webgpu');
  for (const domain of ['shoes', 'car', 'own', 'panda']) await models.get(domain);
  assert.deepEqual(opened, ['shoes webgpu', 'car webgpu', 'own wasm', 'panda wasm']);
});

test('the refiner stays on the processor', async () => {
  const { models, opened } = start('webgpu');
  await (await models.get('shoes')).refine(new Float32Array(7), 1, 1);
  assert.deepEqual(opened, ['shoes webgpu', 'crisp wasm']);
});

test('only the generators drawn with last are kept', async () => {
  const { models, opened, released } = start();
  for (const domain of ['shoes', 'car', 'own', 'car', 'shoes']) await models.get(domain);
  assert.deepEqual(released, ['shoes', 'own']);
  assert.equal(opened.length, 4);
});
