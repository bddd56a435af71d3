import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Preferences } from '../../../pix2pix/page/common/preferences.js';
import { QUICK, RUBS, rubbed, SOUNDS } from '../../../pix2pix/page/sound/recipes.js';

const LOUDEST = 0.4; // of all notes that are heard at once; quiet beside a voice

/** How loud a sound is at most, were no note of it to fade. */
function loudest(notes) {
  const heard = ({ at, lasts }, moment) => at <= moment && moment < at + lasts;
  const loud = (moment) =>
    notes.filter((note) => heard(note, moment)).reduce((sum, note) => sum + note.loud, 0);
  return Math.max(...notes.map(({ at }) => loud(at)));
}

for (const [name, notes] of Object.entries(SOUNDS)) {
  test(`'${name}' is short, quiet, and in the range of a small loudspeaker`, () => {
    assert.ok(notes.length > 0);
    for (const { from, to, at, lasts, loud } of notes) {
      for (const hertz of [from, to]) assert.ok(hertz >= 150 && hertz <= 4000);
      assert.ok(at >= 0 && lasts >= 0.05 && at + lasts <= 1.2);
      assert.ok(loud > 0);
    }
    assert.ok(loudest(notes) <= LOUDEST);
  });
}

test('a choice is heard at once, and does not linger', () => {
  assert.ok(SOUNDS.pop.every(({ at, lasts }) => at + lasts <= 0.1));
});

for (const [kind, rub] of Object.entries(RUBS)) {
  test(`'${kind}' is heard of a hand that moves: the quicker, the louder and the higher`, () => {
    const speeds = [0, 0.1, 0.5, 1, QUICK].map((speed) => rubbed(rub, speed));
    assert.equal(speeds[0].loud, 0);
    speeds.slice(1).forEach(({ loud, hertz }, index) => {
      assert.ok(loud > speeds[index].loud && hertz > speeds[index].hertz);
    });
    assert.deepEqual(rubbed(rub, 10 * QUICK), rubbed(rub, QUICK));
    assert.ok(rub.loud <= 0.1);
  });
}

let isReduced;
let stored;

beforeEach(() => {
  isReduced = false;
  stored = new Map();
  globalThis.window = { matchMedia: () => ({ matches: isReduced }) };
  globalThis.localStorage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
  };
});

const opened = (isInClass = false) => new Preferences({ dataset: {} }, isInClass);

test('there are sounds, except on a calm page and in a classroom', () => {
  assert.equal(opened().hasSounds, true);
  assert.equal(opened(true).hasSounds, false);
  isReduced = true;
  assert.equal(opened().hasSounds, false);
  isReduced = false;
  const preferences = opened();
  preferences.choose('motion', 'less');
  assert.equal(preferences.hasSounds, false);
});

test('what was pressed is remembered, and wins', () => {
  opened().hasSounds = false;
  assert.equal(opened().hasSounds, false);
  opened().hasSounds = true;
  assert.equal(opened().hasSounds, true);
  const inClass = opened(true);
  assert.equal(inClass.hasSounds, false); // as usual there, although somebody turned them on at home
  inClass.hasSounds = true;
  assert.equal(opened(true).hasSounds, true);
});

test('whoever turned sounds off and on again has a calm page silent', () => {
  const preferences = opened();
  preferences.hasSounds = false;
  preferences.hasSounds = true;
  preferences.choose('motion', 'less');
  assert.equal(preferences.hasSounds, false);
});
