import { toBlob } from '../common/canvas.js';
import { BookPages } from './bookpages.js';
import { Pdf } from './pdf.js';

/** A book in the making: one page after the other is drawn onto a canvas, and goes into a PDF. */
export class Print {
  /**
   * @param {string} paper a key of `Print.PAPERS`
   * @param {string} letters a font family
   * @param {string} title
   */
  constructor(paper, letters, title) {
    this.pages = new BookPages(Print.PAPERS[paper], Print.DPI / 72, letters);
    this.pdf = new Pdf(title);
    this.canvas = document.createElement('canvas');
  }

  /** Letter where North America's English or Spanish is asked for, A4 everywhere else. */
  static usualPaper() {
    return /-(US|CA|MX|PH)$/i.test(navigator.language) ? 'letter' : 'a4';
  }

  /** @param {(pages: BookPages, canvas: HTMLCanvasElement) => Promise<unknown>} draw */
  async add(draw) {
    const { pages, canvas, pdf } = this;
    await draw(pages, canvas);
    const jpeg = await toBlob(canvas, 'image/jpeg', 0.92);
    pdf.add(new Uint8Array(await jpeg.arrayBuffer()), [canvas.width, canvas.height], pages.size);
  }

  /** @returns {Blob} */
  end() {
    return this.pdf.end();
  }
}

/** @type {Object<string, [width: number, height: number]>} */
Print.PAPERS = { a4: [595.28, 841.89], letter: [612, 792] }; // points
Print.DPI = 200;
