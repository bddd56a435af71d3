import { context2d, newCanvas } from '../common/canvas.js';
import { thumbnail } from './thumbnail.js';

/** @import { Drawing } from '../drawing/sketch.js' */
/** @import { Listed } from './album.js' */

/** @typedef {Blob | string | null} Shown a picture as a record has it: a string is a URL */
/** @typedef {(pixels: number) => HTMLCanvasElement | Promise<HTMLCanvasElement>} Paint */

/** Draws the pages of a book onto canvases. Places and sizes are in points, 1/72 inch. */
export class BookPages {
  /**
   * @param {number[]} size [width, height] of the paper in points
   * @param {number} scale pixels a point
   * @param {string} letters a font family
   */
  constructor(size, scale, letters) {
    this.size = size;
    this.scale = scale;
    this.letters = letters;
  }

  /**
   * The first page: title, one picture, and whose book it is.
   * @param {HTMLCanvasElement} canvas
   * @param {{title: string, by: string, picture: Shown}} words
   */
  async cover(canvas, { title, by, picture }) {
    const context = this.begin(canvas, '#fbf1de');
    const [width, height] = this.size;
    this.dots(context);
    const side = width * 0.6;
    const top = height * 0.3;
    this.text(context, title, width / 2, height * 0.2, 46, 800);
    context.save();
    context.translate(width / 2, top + side / 2);
    context.rotate(-0.04);
    context.fillStyle = BookPages.INK;
    this.round(context, -side / 2, -side / 2 + 9, side);
    context.fill();
    await this.framed(context, -side / 2, -side / 2, side, (inner) => this.picture(inner, picture));
    context.restore();
    this.text(context, by, width / 2, height * 0.86, 28, 700);
    return canvas;
  }

  /**
   * Picture above, drawing below, the name over both.
   * @param {HTMLCanvasElement} canvas
   * @param {Listed} record
   * @param {{name: string, by: string, number: number}} words
   */
  async page(canvas, record, { name, by, number }) {
    const context = this.begin(canvas, '#ffffff');
    const { drawing } = record;
    this.text(context, name, this.size[0] / 2, BookPages.MARGIN + 20, 28, 800);
    await this.two(context, BookPages.NAME, [
      (inner) => this.picture(inner, record.picture),
      ...(drawing ? [(/** @type {number} */ inner) => this.drawing(inner, drawing)] : []),
    ]);
    this.foot(context, [by, number].filter(Boolean).join(' · '));
    return canvas;
  }

  /**
   * One or two pictures of a class, without names.
   * @param {HTMLCanvasElement} canvas
   * @param {Shown[]} pictures
   * @param {number} number
   */
  async pair(canvas, pictures, number) {
    const context = this.begin(canvas, '#ffffff');
    const paints = pictures.map(
      (picture) => (/** @type {number} */ inner) => this.picture(inner, picture),
    );
    await this.two(context, 0, paints);
    this.foot(context, String(number));
    return canvas;
  }

  /**
   * Up to two frames, one above the other.
   * @param {CanvasRenderingContext2D} context
   * @param {number} above them is left free
   * @param {Paint[]} paints
   */
  async two(context, above, paints) {
    const { MARGIN, GAP, FOOT } = BookPages;
    const [width, height] = this.size;
    const side = Math.min(width - 2 * MARGIN, (height - 2 * MARGIN - above - GAP - FOOT) / 2);
    for (const [index, paint] of paints.entries()) {
      const top = MARGIN + above + index * (side + GAP);
      await this.framed(context, (width - side) / 2, top, side, paint);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   */
  foot(context, text) {
    const [width, height] = this.size;
    this.text(context, text, width / 2, height - BookPages.MARGIN - 8, 13, 600);
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {string} color
   */
  begin(canvas, color) {
    const [width, height] = this.size;
    canvas.width = Math.round(width * this.scale);
    canvas.height = Math.round(height * this.scale);
    const context = context2d(canvas);
    context.fillStyle = color;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.scale(this.scale, this.scale);
    context.imageSmoothingQuality = 'high';
    return context;
  }

  /** @param {CanvasRenderingContext2D} context */
  dots(context) {
    context.fillStyle = '#f0e2c6';
    for (let y = 14; y < this.size[1]; y += 22) {
      for (let x = 14; x < this.size[0]; x += 22) {
        context.beginPath();
        context.arc(x, y, 1.6, 0, 7);
        context.fill();
      }
    }
  }

  /**
   * One line in the middle of `x`; long ones in smaller letters.
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {number} size
   * @param {number} weight
   */
  text(context, text, x, y, size, weight) {
    const most = this.size[0] - 2 * BookPages.MARGIN;
    context.font = weight + ' ' + size + 'px ' + this.letters;
    const fit = Math.min(1, most / context.measureText(text).width);
    context.font = weight + ' ' + size * fit + 'px ' + this.letters;
    context.fillStyle = BookPages.INK;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(text, x, y);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} left
   * @param {number} top
   * @param {number} side
   * @param {Paint} paint
   */
  async framed(context, left, top, side, paint) {
    context.save();
    this.round(context, left, top, side);
    context.clip();
    context.fillStyle = '#ffffff';
    context.fill();
    context.drawImage(await paint(Math.round(side * this.scale)), left, top, side, side);
    context.restore();
    this.round(context, left, top, side);
    context.lineWidth = 2;
    context.strokeStyle = BookPages.INK;
    context.stroke();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} left
   * @param {number} top
   * @param {number} side
   */
  round(context, left, top, side) {
    context.beginPath();
    context.roundRect(left, top, side, side, side * 0.06);
  }

  /**
   * @param {number} pixels
   * @param {Shown} picture
   */
  async picture(pixels, picture) {
    const [canvas, context] = newCanvas(pixels, pixels);
    if (!picture) return canvas;
    const blob = picture instanceof Blob ? picture : await (await fetch(picture)).blob();
    const bitmap = await createImageBitmap(blob).catch(() => null);
    if (!bitmap) return canvas; // came damaged from a file
    const scale = pixels / Math.max(bitmap.width, bitmap.height); // a scene may be wide
    const [width, height] = [bitmap.width * scale, bitmap.height * scale];
    context.drawImage(bitmap, (pixels - width) / 2, (pixels - height) / 2, width, height);
    bitmap.close();
    return canvas;
  }

  /**
   * @param {number} pixels
   * @param {Drawing} drawing
   */
  drawing(pixels, drawing) {
    return thumbnail(drawing, pixels);
  }
}

BookPages.INK = '#23263a';
BookPages.MARGIN = 42; // printers leave a rim of the paper free
BookPages.NAME = 44; // what is above and between the frames of a page, and below them
BookPages.GAP = 18;
BookPages.FOOT = 34;
