import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Texts } from '../../../pix2pix/page/common/texts.js';
import { describe } from '../../../pix2pix/page/picture/description.js';

const read = (language) =>
  JSON.parse(
    readFileSync(
      new URL(`../../../pix2pix/page/locales/${language}.json`, import.meta.url),
      'utf8',
    ),
  );
const LOCALES = { en: read('en'), ko: read('ko') };

for (const [language, seen, words] of [
  [
    'en',
    { name: 'Shoe', colours: ['red'], isClosed: true, parts: 2 },
    'A red shoe, closed, 2 parts!',
  ],
  ['en', { name: 'Car', colours: [], isClosed: false, parts: 0 }, 'A car, still open!'],
  [
    'en',
    { name: 'Car', colours: ['red', 'blue'], isClosed: true, parts: 1 },
    'A red and blue car, closed!',
  ],
  [
    'en',
    { name: 'Car', colours: ['orange', 'red', 'sky'], isClosed: true, parts: 1 },
    'An orange and red and sky blue car, closed!',
  ],
  [
    'ko',
    { name: '자동차', colours: ['red', 'blue'], isClosed: false, parts: 0 },
    '빨강하고 파랑 자동차, 아직 열린 모양!',
  ],
  [
    'ko',
    { name: '신발', colours: ['red'], isClosed: true, parts: 2 },
    '빨강 신발, 닫힌 모양, 2부분!',
  ],
]) {
  test(`in ${language} it is "${words}"`, () => {
    assert.equal(describe(new Texts(LOCALES, language, []), seen), words);
  });
}
