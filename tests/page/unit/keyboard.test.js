import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keyboard } from '../../../pix2pix/page/guide/keyboard.js';

const paper = { matches: () => false };
const field = { matches: (selector) => selector === 'input' };

test('a key on the page is one of a keyboard', () => {
  assert.ok(Keyboard.isReal({ key: 'Tab', target: paper }));
});

test('what a tablet writes into a field is not', () => {
  assert.ok(!Keyboard.isReal({ key: 'a', target: field }));
  assert.ok(!Keyboard.isReal({ key: 'Unidentified', target: paper }));
});
