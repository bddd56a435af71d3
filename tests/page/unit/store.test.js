import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { Store } from '../../../pix2pix/page/common/store.js';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  Store.opening = null;
});

test('what is put is there again, by its kind and its id', async () => {
  await Store.put('drawings', { id: 'a', name: 'Shoe' });
  await Store.put('scenes', { id: 'a', name: 'Beach' });
  assert.deepEqual(await Store.get('drawings', 'a'), { id: 'a', name: 'Shoe' });
  assert.deepEqual(await Store.all('scenes'), [{ id: 'a', name: 'Beach' }]);
  assert.equal(await Store.count('stickers'), 0);
  await Store.remove('drawings', 'a');
  assert.equal(await Store.get('drawings', 'a'), undefined);
});

test('a change sees what is there, and leaves it where it returns nothing', async () => {
  const alter = (before) => ({ id: 'a', times: (before?.times ?? 0) + 1 });
  assert.deepEqual(await Store.change('drawings', 'a', alter), { id: 'a', times: 1 });
  assert.deepEqual(await Store.change('drawings', 'a', alter), { id: 'a', times: 2 });
  assert.equal(await Store.change('drawings', 'a', () => null), null);
  assert.equal((await Store.get('drawings', 'a')).times, 2);
});

test('changes at the same time all count', async () => {
  const alter = (before) => ({ id: 'a', times: (before?.times ?? 0) + 1 });
  await Promise.all(Array.from({ length: 10 }, () => Store.change('drawings', 'a', alter)));
  assert.equal((await Store.get('drawings', 'a')).times, 10);
});

test('a newer page in another tab can open a newer database', async () => {
  await Store.put('drawings', { id: 'a' });
  const newer = indexedDB.open(Store.NAME, Store.VERSION + 1);
  const database = await new Promise((resolve, reject) => {
    newer.onsuccess = () => resolve(newer.result);
    newer.onerror = newer.onblocked = reject;
  });
  database.close();
  await assert.rejects(Store.get('drawings', 'a'), { name: 'VersionError' });
});

test('one that failed to open is opened again', async () => {
  const { open } = indexedDB;
  indexedDB.open = () => {
    throw new DOMException('', 'SecurityError');
  };
  await assert.rejects(Store.all('drawings'), { name: 'SecurityError' });
  indexedDB.open = open;
  assert.deepEqual(await Store.all('drawings'), []);
});

test('a full disk has a sentence of its own', () => {
  assert.equal(Store.problem(new DOMException('', 'QuotaExceededError')), 'error_storage_full');
  assert.equal(Store.problem(new DOMException('', 'SecurityError')), 'error_storage_blocked');
});
