import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { isNearlyWhite } from '../../../pix2pix/page/album/blank.js';
import { newest } from '../../../pix2pix/page/app/play.js';

function painted(side, color) {
  const context = createCanvas(64, 64).getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, 64, 64);
  context.fillStyle = color;
  context.fillRect(20, 20, side, side);
  return context.getImageData(0, 0, 64, 64).data;
}

for (const [what, side, color, is] of [
  ['an empty page', 0, '#000000', true],
  ['a dot', 3, '#000000', true],
  ['a page with a trace of gray', 64, '#f4f4f2', true],
  ['a small thing', 8, '#d93a32', false],
  ['a pale yellow one', 20, '#fff3b0', false],
]) {
  test(`${what} is ${is ? '' : 'not '}nearly white`, () => {
    assert.equal(isNearlyWhite(painted(side, color)), is);
  });
}

test('a door shows what was changed last, or else made last, of what has a picture', () => {
  const at = (time) => `${time.toString(36)}-abc`;
  const drawings = [
    { id: at(9e11), changed: 5, picture: 'old' },
    { id: at(1e11), changed: 7, picture: 'new' },
    { id: at(2e11), changed: 9, picture: null },
  ];
  assert.equal(newest(drawings).picture, 'new');
  const stickers = [1e12, 3e12, 2e12].map((time) => ({ id: at(time), picture: `at ${time}` }));
  assert.equal(newest(stickers).picture, 'at 3000000000000');
  assert.equal(newest([]), undefined);
});
