import { newCanvas } from '../common/canvas.js';

const SIDE = 64; // px of the small copy that is looked at
const WHITE = 236; // of 255: what the eye takes for paper, and a trace of paint with it
const LEAST = 0.004; // of the pixels: a tapped dot and its shadow stay below

/**
 * Whether there is hardly anything on a picture.
 * @param {Blob} picture
 */
export async function isBlank(picture) {
  const [, context] = newCanvas(SIDE, SIDE);
  const bitmap = await createImageBitmap(picture);
  context.drawImage(bitmap, 0, 0, SIDE, SIDE);
  bitmap.close();
  return isNearlyWhite(context.getImageData(0, 0, SIDE, SIDE).data);
}

/** @param {Uint8ClampedArray} data RGBA */
export function isNearlyWhite(data) {
  let painted = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (Math.min(data[at], data[at + 1], data[at + 2]) < WHITE) painted += 1;
  }
  return painted < (LEAST * data.length) / 4;
}
