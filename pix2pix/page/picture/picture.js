import { find } from '../common/find.js';

/** @import { Texts } from '../common/texts.js' */
/** @import { Drawn, Failure } from './server.js' */

/** @typedef {{picture: string, gray: string}} Coloured a photo in colour, and without */

/** The card with the picture: empty at first, then the newest picture, or a sentence. */
export class PictureCard {
  /**
   * @param {HTMLElement} page
   * @param {Texts} texts
   */
  constructor(page, texts) {
    const root = find(page, '.picture');
    this.root = root;
    this.texts = texts;
    this.picture = find(root, '.picture-image', HTMLImageElement);
    const look = find(page, '.look'); // what the machine sees is behind a tap, see look.js
    this.edges = find(look, '.edges-image', HTMLImageElement);
    this.beside = find(look, '.edges figcaption');
    this.opener = find(look, '.look-words');
    this.notice = find(root, '.notice');
    // A finger that rests on the picture looks at it; there is a button to save it.
    find(root, '.frame').addEventListener('contextmenu', (event) => event.preventDefault());
    this.isKept = false; // what is said stays when a new picture comes
    this.empty();
  }

  get hasPicture() {
    return this.root.dataset.state === 'picture';
  }

  /** Is it a photo in colour, and nothing that was drawn? */
  get isColoured() {
    return this.hasPicture && this.root.dataset.shows === 'photo';
  }

  empty() {
    this.root.dataset.state = 'empty';
    this.name('drawing', 'machine_view');
    this.picture.removeAttribute('src');
    this.edges.removeAttribute('src');
    this.say(null);
  }

  /** @param {Drawn} answer */
  show(answer) {
    this.root.dataset.state = 'picture';
    this.name('drawing', 'machine_view');
    this.picture.src = answer.picture;
    this.edges.src = answer.edges;
    if (!this.isKept) this.say(null);
  }

  /**
   * Shows a photo in colour, the gray one behind it.
   * @param {Coloured} answer
   */
  showColoured({ picture, gray }) {
    this.root.dataset.state = 'picture';
    this.name('photo', 'gray_picture');
    this.picture.src = picture;
    this.edges.src = gray;
    this.say(null);
  }

  /**
   * Says what is shown, and what there is to see behind it.
   * @param {'drawing' | 'photo'} shows
   * @param {string} text
   */
  name(shows, text) {
    this.root.dataset.shows = shows;
    const words = () => this.texts.get(text);
    this.texts.write(this.beside, words);
    this.texts.write(this.opener, words);
    this.texts.write(this.edges, words, 'alt');
  }

  /**
   * Shows another picture of the same lines.
   * @param {string} picture
   */
  recolour(picture) {
    this.picture.src = picture;
    if (!this.isKept) this.say(null);
  }

  /** @param {boolean} isSlow whether the next picture is long in coming */
  showSlow(isSlow) {
    this.root.toggleAttribute('data-slow', isSlow);
  }

  /** @param {boolean} isWaiting whether it is about to become something else than the drawing's */
  showWaiting(isWaiting) {
    this.root.toggleAttribute('data-waiting', isWaiting);
  }

  /**
   * Shows the sentence for an error of the server; the last picture stays.
   * @param {Failure} error
   */
  fail(error) {
    this.tell(() => this.texts.find('error_' + error.code) ?? error.message);
  }

  /**
   * Shows why nothing was imported or enlarged; stays when a new picture comes.
   * @param {string} wish
   * @param {Failure} error
   */
  failTo(wish, error) {
    const { code, message } = error;
    const keys = ['error_' + wish + '_', 'error_import_', 'error_'].map((start) => start + code);
    const known = keys.find((key) => this.texts.find(key));
    this.tell(() => (known ? this.texts.get(known) : message), true);
  }

  /**
   * @param {string | null} key of a text; null if there is nothing to be said
   * @param {boolean} isKept
   */
  say(key, isKept = false) {
    this.tell(() => (key ? this.texts.get(key) : ''), isKept);
  }

  /**
   * @param {() => string | undefined} words
   * @param {boolean} isKept
   */
  tell(words, isKept = false) {
    this.isKept = isKept;
    this.notice.hidden = !words();
    this.texts.write(this.notice, words);
  }
}
