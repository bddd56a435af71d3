import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileStore } from '../../../pix2pix/page/app/serviceworker.js';

const SITE = 'https://there/draw/';
const store = new FileStore(SITE, {
  files: { 'index.html': 'a1', 'engine/ort.wasm': 'b2', 'engine/models/car/model.onnx': 'c3' },
  later: ['engine/models/car/model.onnx'],
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
  const newer = new FileStore(SITE, { files: { 'index.html': 'd4' }, later: [] });
  assert.notEqual(store.key('index.html'), newer.key('index.html'));
});
