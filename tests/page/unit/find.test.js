import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find, findAll } from '../../../pix2pix/page/common/find.js';

class Node {}
class Button extends Node {}
globalThis.HTMLElement = Node;

const page = (...nodes) => ({
  querySelector: () => nodes[0] ?? null,
  querySelectorAll: () => nodes,
});

test('an element is found as what it is', () => {
  const button = new Button();
  assert.equal(find(page(button), 'button'), button);
  assert.equal(find(page(button), 'button', Button), button);
  assert.deepEqual(findAll(page(button, button), 'button', Button), [button, button]);
  assert.deepEqual(findAll(page(), 'button', Button), []);
});

test('one that is not there, or is another kind, is named', () => {
  assert.throws(() => find(page(), '.paper'), /The page has no Node '\.paper'/);
  assert.throws(() => find(page(new Node()), '.save', Button), /The page has no Button '\.save'/);
  assert.throws(
    () => findAll(page(new Node()), '.save', Button),
    /'\.save' of the page is no Button/,
  );
});
