import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { COLORS } from '../../../pix2pix/page/drawing/pens.js';
import { tickShapes } from '../../../pix2pix/page/missions/tickpicture.js';

const file = new URL('../../../pix2pix/server/missions.json', import.meta.url);
const { missions } = JSON.parse(readFileSync(file, 'utf8'));
const COLOURS = Object.fromEntries(COLORS);
const drawn = (check) => JSON.stringify(tickShapes(check, COLOURS));

const KINDS = [{ see: 'closed' }, { see: 'picture' }];
for (let least = 1; least <= 6; least += 1) {
  KINDS.push({ see: 'parts', least }, { see: 'strokes', least });
}
for (const where of ['anywhere', 'inside', 'top', 'bottom', 'left', 'right', 'middle']) {
  for (const colour of Object.keys(COLOURS)) KINDS.push({ see: 'colour', colour, where });
}

test('no two checks look the same', () => {
  assert.equal(new Set(KINDS.map(drawn)).size, KINDS.length);
});

test('every shipped mission has ticks that can be told apart', () => {
  assert.ok(missions.length > 30);
  for (const { checks } of missions) assert.equal(new Set(checks.map(drawn)).size, checks.length);
});

for (const see of ['parts', 'strokes']) {
  test(`${see} are as many as are counted, and stay in the picture`, () => {
    for (const least of [1, 3, 7, 20]) {
      const shapes = tickShapes({ see, least }, COLOURS);
      assert.equal(shapes.length, least);
      for (const [, { x, y, width, height }] of shapes.filter(([name]) => name === 'rect')) {
        assert.ok(Math.min(x, y) >= 0 && Math.max(x + width, y + height) <= 48);
      }
    }
  });
}

test('a colour is the one that is looked for', () => {
  assert.ok(drawn({ see: 'colour', colour: 'red', where: 'top' }).includes(COLOURS.red));
});
