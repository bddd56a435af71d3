import { find } from '../common/find.js';

/** @import { Texts } from '../common/texts.js' */

/**
 * The slim card of what has been taken on: it lies in the header, where the domains are otherwise,
 * so that the paper stays where it is. One at a time.
 */
export class TaskBar {
  /** @param {{root: HTMLElement, texts: Texts}} uses */
  constructor({ root, texts }) {
    this.root = find(root, '.task-bar');
    this.texts = texts;
    /** @type {(() => void) | null} */
    this.left = null;
    /** @type {'mission' | 'trace' | null} */
    this.kind = null;
  }

  get actions() {
    return { leave: () => this.close() };
  }

  /**
   * @param {'mission' | 'trace'} kind tells the style which buttons there are
   * @param {SVGElement} picture
   * @param {() => string} words are what it says
   * @param {() => void} left is called when it is taken away
   */
  open(kind, picture, words, left) {
    this.close();
    this.kind = kind;
    this.left = left;
    this.root.dataset.kind = kind;
    this.find('.task-bar-picture').replaceChildren(picture);
    this.say(words);
    this.root.hidden = false;
    // Who cannot see it hears it: the dialog it came from has given the focus back by then.
    setTimeout(() => this.root.focus({ preventScroll: true }));
  }

  /** @param {() => string} words */
  say(words) {
    this.texts.write(this.find('.task-bar-line'), words);
  }

  get line() {
    return this.find('.task-bar-line').textContent ?? '';
  }

  close() {
    const { left } = this;
    this.left = this.kind = null;
    this.root.hidden = true;
    left?.();
  }

  /**
   * @template {Element} [T=HTMLElement]
   * @param {string} selector
   * @param {new () => T} [kind]
   */
  find(selector, kind) {
    return find(this.root, selector, kind);
  }
}
