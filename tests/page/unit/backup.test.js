import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backup, BackupError } from '../../../pix2pix/page/album/backup.js';

const PICTURE = 'data:image/png;base64,iVBORw0KGgo=';
const STICKER = { id: 's', domain: 'shoes', picture: PICTURE, width: 20, height: 10 };
const PIECE = { key: 'k', sticker: STICKER, x: 0.5, y: 0.5, size: 0.3, turn: 0, mirrored: false };
const SCENE = { id: 'c', background: 'beach', pieces: [PIECE], picture: null, changed: 1 };
const DRAWING = {
  id: 'd.shoes',
  domain: 'shoes',
  drawing: {
    id: 'd',
    seed: 1,
    strokes: [{ kind: 'line', width: 0.01, color: null, points: [[0, 0, 1]] }],
  },
  picture: { $picture: PICTURE },
  moments: [{ points: 3, picture: { $picture: PICTURE } }],
};

/** @param {object | string} content */
const read = (content) => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return Backup.read(new Blob([text]));
};

/** @param {object} content */
const refused = (content) =>
  assert.rejects(read({ 'i-canvas-backup': 1, ...content }), (error) => {
    assert.ok(error instanceof BackupError, String(error));
    return error.key === 'error_backup';
  });

test('what a page has kept is read', async () => {
  const content = { drawings: [DRAWING], stickers: [STICKER], scenes: [SCENE] };
  const { drawings, stickers, scenes } = await read({ 'i-canvas-backup': 1, ...content });
  assert.ok(drawings[0].picture instanceof Blob);
  assert.ok(drawings[0].moments[0].picture instanceof Blob);
  assert.deepEqual(stickers, [STICKER]);
  assert.deepEqual(scenes, [SCENE]);
  assert.equal([...Backup.pictures({ drawings, stickers, scenes })].length, 4);
});

test('a scene that would not open is refused', async () => {
  const { pieces, ...bare } = SCENE;
  await refused({ scenes: [bare] });
  for (const wrong of [null, {}, [null], [{ ...PIECE, x: 'left' }], [PIECE, PIECE]]) {
    await refused({ scenes: [{ ...SCENE, pieces: wrong }] });
  }
  for (const change of [{ size: 0 }, { turn: null }, { sticker: {} }, { key: 3 }, { y: 1e9 }]) {
    await refused({ scenes: [{ ...SCENE, pieces: [{ ...PIECE, ...change }] }] });
  }
});

test('nothing is taken that would be fetched', async () => {
  const elsewhere = ['http://x/', '//x/a.png', 'a.png', 'data:image/svg+xml;base64,AAAA'];
  for (const picture of [...elsewhere, { $picture: 'http://x/' }, 'data:image/png;base64,A', 3]) {
    const sticker = { ...STICKER, picture };
    await refused({ stickers: [sticker] });
    await refused({ scenes: [{ ...SCENE, pieces: [{ ...PIECE, sticker }] }] });
    await refused({ drawings: [{ ...DRAWING, picture }] });
    await refused({ scenes: [{ ...SCENE, picture }] });
  }
  for (const background of ['../x', 'http://x/', 'a/b', '', null, 3]) {
    await refused({ scenes: [{ ...SCENE, background }] });
  }
});

test('a sticker without a size, and what is too deep to be one, are refused', async () => {
  for (const change of [{ width: 0 }, { height: null }, { width: '20' }, { domain: null }]) {
    await refused({ stickers: [{ ...STICKER, ...change }] });
  }
  const deep = '['.repeat(5000) + ']'.repeat(5000);
  await assert.rejects(
    read('{"i-canvas-backup": 1, "stickers": [' + deep + ']}'),
    (error) => error instanceof BackupError,
  );
});
