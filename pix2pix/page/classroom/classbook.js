import { Print } from '../album/print.js';
import { Dialog } from '../common/dialog.js';
import { Save } from '../picture/save.js';

/** @import { Texts } from '../common/texts.js' */
/** @import { Wall } from './wall.js' */

/** All pictures on the big screen as a book to print, two on a page; made in the browser. */
export class ClassBook extends Dialog {
  /** @param {{root: HTMLElement, texts: Texts, wall: Wall}} uses */
  constructor({ root, texts, wall }) {
    super('class-book', { root, texts });
    this.wall = wall;
    this.title = this.find('.class-book-input', HTMLInputElement);
    texts.write(this.title, () => texts.get('class_book_titled'), 'placeholder');
  }

  onOpen() {
    const { length } = this.wall.files;
    this.say(() => this.texts.count('class_book_count', length));
  }

  async save() {
    const button = this.find('[data-deed=print]', HTMLButtonElement);
    button.disabled = true;
    try {
      const paper = Print.usualPaper();
      Save.file(await this.pdf(paper, this.wall.files), 'i-canvas-class-' + paper + '.pdf');
      this.say(() => this.texts.get('book_done'));
    } catch (error) {
      console.warn(error);
      this.say(() => this.texts.get('class_book_failed'));
    }
    button.disabled = false;
  }

  /**
   * @param {string} paper
   * @param {Blob[]} pictures
   */
  async pdf(paper, pictures) {
    const title = this.title.value.trim() || this.texts.get('class_book_titled');
    const print = new Print(paper, getComputedStyle(this.dialog).fontFamily, title);
    const newest = pictures[pictures.length - 1];
    await print.add((pages, canvas) => pages.cover(canvas, { title, by: '', picture: newest }));
    for (let first = 0; first < pictures.length; first += 2) {
      const n = first / 2 + 1;
      this.say(() => this.texts.get('book_making', { n }));
      await print.add((pages, canvas) => pages.pair(canvas, pictures.slice(first, first + 2), n));
    }
    return print.end();
  }

  /** @param {() => string} words */
  say(words) {
    this.texts.write(this.find('.class-book-count'), words);
  }
}
