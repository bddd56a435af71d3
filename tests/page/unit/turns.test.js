import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Turns } from '../../../pix2pix/page/engine/turns.js';

/** Turns that are taken one by one: each answer waits until it is let go. */
function turns() {
  const posted = [];
  const open = [];
  const line = new Turns({
    answer: ({ id }, isNeedless) =>
      new Promise((resolve) => {
        open.push({ isNeedless, finish: () => resolve({ id }) });
      }),
    warm: async () => null,
    post: (answer) => posted.push(answer),
  });
  return { line, open, posted };
}

const begun = () => new Promise((resolve) => setTimeout(resolve));

test('a newer drawing makes an older one needless, which is answered all the same', async () => {
  const { line, open, posted } = turns();
  line.take({ kind: 'draw', id: 1 });
  await begun();
  assert.equal(open[0].isNeedless(), false);
  line.take({ kind: 'draw', id: 2 });
  assert.equal(open[0].isNeedless(), true);
  open[0].finish();
  await begun();
  assert.equal(open[1].isNeedless(), false);
  open[1].finish();
  await line.last;
  assert.deepEqual(posted, [{ id: 1 }, { id: 2 }]);
});

test('neither trials nor stickers are left off for a drawing', async () => {
  const { line, open } = turns();
  line.take({ kind: 'draw', id: -1 });
  line.take({ kind: 'sticker', id: 3 });
  line.take({ kind: 'draw', id: 4 });
  for (const turn of [0, 1, 2]) {
    await begun();
    assert.equal(open[turn].isNeedless(), false);
    open[turn].finish();
  }
  await line.last;
});
