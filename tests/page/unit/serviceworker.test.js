import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileStore } from '../../../pix2pix/page/app/serviceworker.js';

const SITE = 'https://there/draw/';
const store = new FileStore(SITE, {
  files: {
    'index.html': 'a1',
    'engine/ort.wasm': 'b2',
    'engine/models/car/model.onnx': 'c3',
    'engine/ort.gpu.wasm': 'd4',
  },
  later: ['engine/models/car/model.onnx'],
  few: ['engine/ort.gpu.wasm'],
});

for (const [url, path] of [
  [SITE, 'index.html'],
  [`${SITE}?mission=cat#top`, 'index.html'],
  [`${SITE}index.html`, 'index.html'],
  [`${SITE}engine/ort.wasm`, 'engine/ort.wasm'],
  [`${SITE}toString`, null],
  [`${SITE}engine/`, null],
  ['https://there/other/index.html', null],
  ['https://elsewhere/draw/index.html', null],
]) {
  test(`${url} is answered from ${path ?? 'the network'}`, () => {
    assert.equal(store.path({ method: 'GET', url }), path);
  });
}

test('what is sent somewhere is never answered from the store', () => {
  assert.equal(store.path({ method: 'POST', url: SITE }), null);
});

test('a file that changes has another place in the store', () => {
  const newer = new FileStore(SITE, { files: { 'index.html': 'd4' }, later: [], few: [] });
  assert.notEqual(store.key('index.html'), newer.key('index.html'));
});

test('what only few browsers take is not stored for all, but when it is asked for', async () => {
  const kept = new Map();
  globalThis.caches = {
    open: async () => ({
      match: async (key) => kept.get(key),
      put: async (key, answer) => kept.set(key, answer),
    }),
  };
  globalThis.fetch = async (address) => new Response(address);
  const listeners = {};
  store.listen({
    addEventListener: (name, listener) => Object.assign(listeners, { [name]: listener }),
  });
  const done = (name) => new Promise((resolve) => listeners[name]({ waitUntil: resolve }));
  await done('install');
  assert.deepEqual(
    [...kept.keys()].map((key) => key.slice(SITE.length)),
    ['index.html?a1', 'engine/ort.wasm?b2'],
  );
  await done('message');
  assert.equal(kept.size, 3);
  await store.answer('engine/ort.gpu.wasm');
  assert.equal(kept.size, 4);
});
