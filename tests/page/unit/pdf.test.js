import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { Pdf } from '../../../pix2pix/page/album/pdf.js';

const A4 = [595.28, 841.89];
const JPEG = new Uint8Array(createCanvas(30, 42).toBuffer('image/jpeg'));

async function text(pdf) {
  return Buffer.from(await pdf.end().arrayBuffer()).toString('latin1');
}

/** The objects by the offsets that the index names. */
function objects(file) {
  const start = Number(file.match(/startxref\n(\d+)\n%%EOF\n$/)[1]);
  assert.ok(file.startsWith('xref\n', start));
  const offsets = [...file.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) => +at);
  return offsets.map((offset, index) => {
    assert.ok(file.startsWith(`${index + 1} 0 obj\n`, offset), `object ${index + 1}`);
    return file.slice(offset, file.indexOf('endobj', offset));
  });
}

test('every object is where the index says, and the tree leads to every page', async () => {
  const pdf = new Pdf('Book');
  for (let page = 0; page < 3; page += 1) pdf.add(JPEG, [30, 42], A4);
  const all = objects(await text(pdf));
  const tree = all.find((each) => each.includes('/Type /Pages'));
  assert.match(tree, /\/Count 3 /);
  const kids = [...tree.match(/\/Kids \[(.*)\]/)[1].matchAll(/(\d+) 0 R/g)].map(([, id]) => +id);
  assert.equal(kids.length, 3);
  for (const kid of kids) {
    assert.match(all[kid - 1], /\/Type \/Page \/MediaBox \[0 0 595\.28 841\.89\]/);
    const parent = Number(all[kid - 1].match(/\/Parent (\d+) 0 R/)[1]);
    assert.equal(all[parent - 1], tree);
  }
});

test('the picture is there as it came, with its length', async () => {
  const pdf = new Pdf('Book');
  pdf.add(JPEG, [30, 42], A4);
  const image = objects(await text(pdf)).find((each) => each.includes('/Subtype /Image'));
  assert.match(image, /\/Width 30 \/Height 42 /);
  assert.match(image, new RegExp(`/Length ${JPEG.length} `));
  assert.ok(image.includes(Buffer.from(JPEG).toString('latin1')));
});

test('a title in Hangul is UTF-16', async () => {
  const file = await text(new Pdf('책'));
  assert.match(file, /\/Title <feffcc45>/);
});
