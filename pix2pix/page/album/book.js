import { context2d } from '../common/canvas.js';
import { Save } from '../picture/save.js';
import { BookPages } from './bookpages.js';
import { Print } from './print.js';

/** @import { Album, Listed } from './album.js' */

/** The album as a book to print: its cover to look at, who drew it, and the size of the paper. */
export class Book {
  /**
   * @param {Album} album
   * @param {EventTarget} events
   */
  constructor(album, events) {
    this.album = album;
    this.canvas = album.find('.book-cover canvas', HTMLCanvasElement);
    this.by = album.find('.book-by', HTMLInputElement);
    this.title = album.find('.book-title', HTMLInputElement);
    this.count = album.find('.book-count');
    this.paper = Print.usualPaper();
    this.drawn = Promise.resolve(this.canvas); // the newest cover, when it is there
    const { texts } = album;
    texts.write(this.title, () => texts.get('book_titled'), 'placeholder');
    events.addEventListener('language-changed', () => album.view === 'book' && this.draw());
    for (const input of [this.by, this.title]) input.addEventListener('input', () => this.draw());
    album.dialog.addEventListener('click', ({ target }) => {
      const button = /** @type {Element} */ (target).closest('button');
      if (button?.dataset.paper) this.choose(button.dataset.paper);
    });
  }

  get deeds() {
    return { print: () => this.save() };
  }

  show() {
    const { album } = this;
    if (!album.records.length) return;
    album.say(null);
    album.undoBar.hide();
    album.turn('book');
    const { length } = album.chosen;
    album.texts.write(this.count, () => album.texts.count('book_count', length));
    this.choose(this.paper);
    this.by.focus();
  }

  /** @param {string} paper */
  choose(paper) {
    this.paper = paper;
    /** @type {NodeListOf<HTMLButtonElement>} */
    const papers = this.album.dialog.querySelectorAll('[data-paper]');
    for (const button of papers) {
      button.setAttribute('aria-pressed', String(button.dataset.paper === paper));
    }
    return this.draw();
  }

  /**
   * @param {string} key of a text
   * @param {number} [n]
   */
  say(key, n) {
    const { texts } = this.album;
    texts.write(this.count, () => texts.get(key, { n }));
  }

  get words() {
    const { texts } = this.album;
    const name = this.by.value.trim();
    const by = name && texts.get('book_with', { name });
    return { title: this.title.value.trim() || texts.get('book_titled'), by };
  }

  get letters() {
    return getComputedStyle(this.album.dialog).fontFamily;
  }

  draw() {
    const { words } = this;
    const size = Print.PAPERS[this.paper];
    const cover = { ...words, picture: this.album.chosen[0].picture };
    // Drawn aside and shown at once: the picture on it takes a moment, and keys come fast.
    const aside = document.createElement('canvas');
    this.drawn = new BookPages(size, Book.PREVIEW / size[0], this.letters).cover(aside, cover);
    return this.drawn.then(() => {
      this.canvas.width = aside.width;
      this.canvas.height = aside.height;
      context2d(this.canvas).drawImage(aside, 0, 0);
    });
  }

  async save() {
    const button = this.album.find('[data-deed=print]', HTMLButtonElement);
    button.disabled = true;
    await this.album.try(async () => {
      const pdf = await this.pdf(this.album.chosen);
      Save.file(pdf, 'i-canvas-' + this.paper + '.pdf');
      this.say('book_done');
    });
    button.disabled = false;
  }

  /** @param {Listed[]} records */
  async pdf(records) {
    const { words } = this;
    const print = new Print(this.paper, this.letters, words.title);
    await print.add((pages, canvas) =>
      pages.cover(canvas, { ...words, picture: records[0].picture }),
    );
    for (const [index, record] of records.entries()) {
      this.say('book_making', index + 1);
      const name = record.name || this.album.kindName(record);
      const named = { name, by: words.by, number: index + 1 };
      await print.add((pages, canvas) => pages.page(canvas, record, named));
    }
    return print.end();
  }
}

Book.PREVIEW = 372; // px
