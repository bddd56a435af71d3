import { newCanvas } from '../common/canvas.js';

/** @import { Answer } from './server.js' */

/** Reads a photo in the browser, so that what leaves it is small and says nothing but the picture. */
export const Photo = {
  SIDE: 1024, // px, the longest side that is sent
  MAX_BYTES: 40 * 1024 * 1024,
  MAX_PIXELS: 40e6,
  HEIF: /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1|heif|avif)$/,

  /**
   * The photo as a JPEG data URL, turned as its EXIF says.
   *
   * @param {File} file
   * @returns {Promise<Answer<{picture: string}>>}
   */
  async read(file) {
    /** @param {string} code */
    const failed = (code) => ({ error: { code } });
    if (file.size > Photo.MAX_BYTES) return failed('photo_too_large');
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(
      () => null,
    );
    if (!bitmap) return failed((await Photo.isHeif(file)) ? 'heic' : 'bad_image');
    try {
      if (bitmap.width * bitmap.height > Photo.MAX_PIXELS) return failed('photo_too_large');
      return { picture: Photo.shrink(bitmap).toDataURL('image/jpeg', 0.9) };
    } catch {
      return failed('photo_too_large'); // the device has no memory for it
    } finally {
      bitmap.close();
    }
  },

  /**
   * A browser may not know the type of such a file: its name and first bytes tell.
   * @param {File} file
   */
  async isHeif(file) {
    if (/\.hei[cf]s?$/i.test(file.name) || /^image\/hei[cf]/.test(file.type)) return true;
    const start = await file
      .slice(4, 12)
      .text()
      .catch(() => '');
    return start.startsWith('ftyp') && Photo.HEIF.test(start.slice(4));
  },

  /**
   * Halves as often as possible, since one big step would skip over thin lines.
   * @param {ImageBitmap} bitmap
   */
  shrink(bitmap) {
    const scale = Math.min(1, Photo.SIDE / Math.max(bitmap.width, bitmap.height));
    /** @param {number} side */
    const fit = (side) => Math.max(1, Math.round(side * scale));
    const [width, height] = [fit(bitmap.width), fit(bitmap.height)];
    /** @type {ImageBitmap | HTMLCanvasElement} */
    let source = bitmap;
    while (source.width > 2 * width && source.height > 2 * height) {
      source = Photo.draw(source, Math.ceil(source.width / 2), Math.ceil(source.height / 2));
    }
    return Photo.draw(source, width, height);
  },

  /**
   * @param {CanvasImageSource} source
   * @param {number} width
   * @param {number} height
   */
  draw(source, width, height) {
    const [canvas, context] = newCanvas(width, height);
    context.drawImage(source, 0, 0, width, height);
    return canvas;
  },
};
