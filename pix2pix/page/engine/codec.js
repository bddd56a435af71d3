/** @import { Picture } from './constants.js' */

/**
 * Reads a picture in a worker, its values as they are in the file.
 *
 * @param {string} url a data URL
 * @returns {Promise<Picture>}
 */
export async function decode(url) {
  const blob = await (await fetch(url)).blob();
  const bitmap = await createImageBitmap(blob, {
    premultiplyAlpha: 'none',
    colorSpaceConversion: 'none',
  });
  const { width, height } = bitmap;
  const context = contextOf(new OffscreenCanvas(width, height));
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data };
}

/**
 * Writes a picture as the data URL of a PNG.
 *
 * @param {Picture} picture
 * @returns {Promise<string>}
 */
export async function encode({ width, height, data }) {
  const canvas = new OffscreenCanvas(width, height);
  const pixels = new ImageData(width, height);
  pixels.data.set(data);
  contextOf(canvas).putImageData(pixels, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(/** @type {string} */ (reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** @param {OffscreenCanvas} canvas */
function contextOf(canvas) {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser gives no canvas to draw on.');
  return context;
}
