import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Texts } from '../../../pix2pix/page/common/texts.js';

const LOCALES = {
  en: { hello: 'Hello {name}', only: 'Only here' },
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
