import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { GpuTrial } from '../../../pix2pix/page/engine/gputrial.js';
import { isOnIOS } from '../../../pix2pix/page/engine/ios.js';

let kept;

beforeEach(() => {
  kept = new Map();
});

const storage = () => ({
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, value),
  removeItem: (key) => kept.delete(key),
});
const REAL = { info: { isFallbackAdapter: false } };

function trial({ adapter = REAL, ...more } = {}) {
  const gpu = { requestAdapter: async () => adapter };
  return new GpuTrial({ isOffered: true, gpu, storage, ...more });
}

/** What came of the warm-up's drawing. */
function sample(took, value = 0.5) {
  return { painted: new Float32Array(12).fill(value), took };
}

test('a graphics processor is tried once', async () => {
  const one = trial();
  assert.equal(await one.isDue(), true);
  assert.equal(one.begin(), true);
  assert.equal(one.begin(), false);
  assert.equal(await one.isDue(), false);
});

for (const [name, uses] of [
  ['there is no WebGPU', { gpu: undefined }],
  ['there is no adapter', { adapter: null }],
  ['the adapter is a slow stand-in', { adapter: { info: { isFallbackAdapter: true } } }],
  ['an older browser says that it is one', { adapter: { isFallbackAdapter: true } }],
  ['the page has no files for it, or the device is not to be trusted', { isOffered: false }],
]) {
  test(`it is not tried where ${name}`, async () => {
    assert.equal(await trial(uses).isDue(), false);
  });
}

test('a browser that throws when it is asked has none', async () => {
  const requestAdapter = async () => {
    throw new Error('not today');
  };
  assert.equal(await trial({ gpu: { requestAdapter } }).isDue(), false);
});

test('a browser without a graphics processor is asked once', async () => {
  let asked = 0;
  const requestAdapter = async () => {
    asked += 1;
    return null;
  };
  const one = trial({ gpu: { requestAdapter } });
  await one.isDue();
  await one.isDue();
  assert.equal(asked, 1);
});

for (const [name, other, passes] of [
  ['the same picture, sooner', sample(30), true],
  ['nearly the same picture', sample(30, 0.5 + 0.9 * GpuTrial.TOLERANCE), true],
  ['another picture', sample(30, 0.5 + 1.1 * GpuTrial.TOLERANCE), false],
  ['no numbers', sample(30, Number.NaN), false],
  ['half a picture', { painted: new Float32Array(6).fill(0.5), took: 30 }, false],
  ['the same picture, later', sample(301), false],
  ['no picture', null, false],
]) {
  test(`${name}: it ${passes ? 'paints from now on' : 'is not tried again in this tab'}`, async () => {
    const one = trial();
    one.begin();
    assert.equal(one.end(sample(300), other), passes);
    assert.equal(await trial().isDue(), passes);
  });
}

test('one that fails later is not tried again in this tab', async () => {
  const one = trial();
  one.begin();
  one.end(sample(300), sample(30));
  one.fail();
  assert.equal(await trial().isDue(), false);
});

test('a page that did not outlive the trial does not try again', async () => {
  trial().begin();
  assert.equal(await trial().isDue(), false);
});

test('where nothing may be stored it is tried all the same', async () => {
  const refused = () => {
    throw new Error('SecurityError');
  };
  const one = trial({ storage: refused });
  assert.equal(await one.isDue(), true);
  one.begin();
  assert.equal(one.end(sample(300), sample(30)), true);
});

for (const [name, userAgent, maxTouchPoints, is] of [
  ['an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)', 5, true],
  ['an iPad', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5, true],
  ['a Mac', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 0, false],
  ['an Android tablet', 'Mozilla/5.0 (Linux; Android 15; Tablet)', 10, false],
]) {
  test(`${name} is ${is ? '' : 'not '}on iOS`, () => {
    assert.equal(isOnIOS({ userAgent, maxTouchPoints }), is);
  });
}
