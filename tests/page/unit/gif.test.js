import assert from 'node:assert/strict';
import { test } from 'node:test';
import omggif from 'omggif';
import { Gif } from '../../../pix2pix/page/album/gif.js';

const WHITE = [255, 255, 255];
const RED = [222, 58, 49];

/** @param {(x: number, y: number) => number[]} color */
function frame(width, height, color) {
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < width * height; at += 1) {
    pixels.set([...color(at % width, Math.floor(at / width)), 255], 4 * at);
  }
  return pixels;
}

async function read(gif) {
  return new omggif.GifReader(new Uint8Array(await gif.end().arrayBuffer()));
}

function shown(reader, index) {
  const pixels = new Uint8ClampedArray(4 * reader.width * reader.height);
  reader.decodeAndBlitFrameRGBA(index, pixels);
  return pixels;
}

test('a strange reader sees the frames, their delays and the loop', async () => {
  const gif = new Gif(5, 3, [WHITE, RED]);
  const frames = [frame(5, 3, () => WHITE), frame(5, 3, (x) => (x === 2 ? RED : WHITE))];
  gif.add(frames[0], 10);
  gif.add(frames[1], 160);
  const reader = await read(gif);
  assert.deepEqual([reader.width, reader.height, reader.numFrames()], [5, 3, 2]);
  assert.equal(reader.loopCount(), 0); // for ever
  assert.deepEqual(
    [0, 1].map((index) => reader.frameInfo(index).delay),
    [10, 160],
  );
  for (const index of [0, 1]) assert.deepEqual(shown(reader, index), frames[index]);
});

test('noise, whose codes grow to 12 bits and start over, comes back pixel by pixel', async () => {
  const palette = Array.from({ length: 256 }, (_, at) => Gif.color(at * 127));
  let random = 1;
  const noise = frame(160, 120, () => {
    random = (random * 48271) % 2147483647;
    return palette[random % 256];
  });
  const gif = new Gif(160, 120, palette);
  gif.add(noise, 1);
  assert.deepEqual(shown(await read(gif), 0), noise);
});

test('codes end right at every width', async () => {
  for (let count = 250; count < 530; count += 7) {
    const gif = new Gif(count, 1, [WHITE, RED]);
    const pixels = frame(count, 1, (x) => ((x * x) % 7 < 3 ? RED : WHITE));
    gif.add(pixels, 1);
    assert.deepEqual(shown(await read(gif), 0), pixels, `${count} pixels`);
  }
});

test('few colours are found as they are, and white stays white', () => {
  const pixels = frame(8, 8, (x) => (x < 6 ? WHITE : RED));
  const found = Gif.colours([pixels]);
  assert.deepEqual(found.sort(), [Gif.color(Gif.key(new Uint8Array(RED), 0)), WHITE].sort());
});

test('of many colours no more are kept than asked for', () => {
  const pixels = frame(64, 64, (x, y) => [4 * x, 4 * y, 128]);
  assert.equal(Gif.colours([pixels], 16).length, 16);
});
