import { newCanvas, toBlob } from '../common/canvas.js';
import { Layers } from '../drawing/layers.js';

/** @import { Stroke } from '../drawing/sketch.js' */

/** Makes files to keep, in the browser. */
export const Save = {
  SIDE: 512,
  MARGIN: 32,

  /**
   * A gray photo and the coloured one side by side, as large as they are.
   * @param {HTMLImageElement} gray
   * @param {HTMLImageElement} image
   * @param {string} name
   */
  async photos(gray, image, name) {
    const { naturalWidth: width, naturalHeight: height } = image;
    const [canvas, context] = newCanvas(2 * width, height);
    context.drawImage(gray, 0, 0);
    context.drawImage(image, width, 0);
    await Save.download(canvas, name);
  },

  /**
   * The picture alone, its longer side no shorter than `SIDE`.
   * @param {HTMLImageElement} image
   * @param {string} name
   */
  async picture(image, name) {
    const { naturalWidth: width, naturalHeight: height } = image;
    const scale = Math.max(1, Save.SIDE / Math.max(width, height));
    const [canvas, context] = newCanvas(Math.round(width * scale), Math.round(height * scale));
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    await Save.download(canvas, name);
  },

  /**
   * A picture as it came.
   * @param {string} url a data URL
   * @param {string} name
   */
  async whole(url, name) {
    Save.file(await (await fetch(url)).blob(), name);
  },

  /**
   * Drawing and picture side by side on a sheet.
   * @param {Stroke[]} strokes
   * @param {HTMLImageElement} image
   * @param {string} name
   * @param {{background: string, hintOpacity: number}} style
   */
  async both(strokes, image, name, style) {
    const { SIDE, MARGIN } = Save;
    const [canvas, context] = newCanvas(2 * SIDE + 3 * MARGIN, SIDE + 2 * MARGIN, style.background);
    const layers = Layers.offscreen(SIDE);
    layers.redraw(strokes);
    Save.card(context, MARGIN, () => {
      context.globalAlpha = style.hintOpacity;
      context.drawImage(layers.hints.canvas, MARGIN, MARGIN);
      context.globalAlpha = 1;
      context.drawImage(layers.lines.canvas, MARGIN, MARGIN);
    });
    const right = 2 * MARGIN + SIDE;
    Save.card(context, right, () => context.drawImage(image, right, MARGIN, SIDE, SIDE));
    await Save.download(canvas, name);
  },

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} left
   * @param {() => void} paint
   */
  card(context, left, paint) {
    context.save();
    context.beginPath();
    context.roundRect(left, Save.MARGIN, Save.SIDE, Save.SIDE, 28);
    context.clip();
    context.fillStyle = '#ffffff';
    context.fillRect(left, Save.MARGIN, Save.SIDE, Save.SIDE);
    paint();
    context.restore();
  },

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {string} name
   */
  async download(canvas, name) {
    Save.file(await toBlob(canvas, 'image/png'), name);
  },

  /**
   * @param {Blob} blob
   * @param {string} name
   */
  file(blob, name) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  },
};
