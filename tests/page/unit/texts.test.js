import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Texts } from '../../../pix2pix/page/common/texts.js';

const LOCALES = {
  en: { hello: 'Hello {name}', only: 'Only here', cats_one: '{n} cat', cats_other: '{n} cats' },
  ko: { hello: '안녕 {name}', domain_car: '차' },
};
const texts = (chosen, asked) => new Texts(LOCALES, chosen, asked);

for (const [what, chosen, asked, language] of [
  ['the one that was chosen', 'ko', ['en-US'], 'ko'],
  ['the first of the browser’s that is there', null, ['fr-FR', 'ko-KR', 'en'], 'ko'],
  ['English where none is there', null, ['fr-FR'], 'en'],
  ['the browser’s where the chosen one is gone', 'xx', ['ko'], 'ko'],
]) {
  test(`the language is ${what}`, () => {
    assert.equal(texts(chosen, asked).language, language);
  });
}

test('fields are filled in, and those that are not given stay', () => {
  assert.equal(texts('ko', []).get('hello', { name: '민지' }), '안녕 민지');
  assert.equal(texts('en', []).get('hello'), 'Hello {name}');
});

test('what a language lacks is in English, and what is nowhere is undefined', () => {
  assert.equal(texts('ko', []).get('only'), 'Only here');
  assert.equal(texts('ko', []).find('nowhere'), undefined);
});

test('a name of the language’s own goes before that of the domain', () => {
  const car = { id: 'car', title: { en: 'Car', ko: '자동차' } };
  assert.equal(texts('ko', []).title(car), '차');
  assert.equal(texts('en', []).title(car), 'Car');
  assert.equal(texts('ko', []).name({ en: 'Shoe' }), 'Shoe');
});

test('another language can be chosen later', () => {
  const both = texts('en', ['ko']);
  both.use('ko');
  assert.equal(both.get('hello', { name: '' }), '안녕 ');
  both.use(null);
  assert.equal(both.language, 'ko');
});

const FOLDER = new URL('../../../pix2pix/page/locales/', import.meta.url);
const SHIPPED = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')),
  ]),
);

for (const [language, n, words] of [
  ['en', 1, '1 star'],
  ['en', 2, '2 stars'],
  ['en', 0, '0 stars'],
  ['ko', 1, '별 1개'],
  ['ko', 2, '별 2개'],
]) {
  test(`in ${language}, the number ${n} takes its own form`, () => {
    assert.equal(new Texts(SHIPPED, language, []).count('stars', n), words);
  });
}

test('every language has all its plural forms, and no other', () => {
  const counted = Object.keys(SHIPPED.en).filter((key) => key.endsWith('_other'));
  assert.ok(counted.length >= 4);
  for (const [language, words] of Object.entries(SHIPPED)) {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of counted.map((each) => each.replace('_other', ''))) {
      const forms = ['zero', 'one', 'two', 'few', 'many', 'other'].filter(
        (form) => `${key}_${form}` in words,
      );
      assert.deepEqual(forms.sort(), wanted.toSorted(), `${language}: ${key}`);
    }
  }
});

test('a number that a language has no words for is counted as in English', () => {
  assert.equal(texts('ko', []).count('cats', 1), '1 cat');
  assert.equal(texts('ko', []).count('cats', 3, { n: 'about 3' }), 'about 3 cats');
});
