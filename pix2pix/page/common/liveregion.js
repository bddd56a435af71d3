/** @import { Texts } from './texts.js' */

/** What is told to those who do not see the page: an element that screen readers watch. */
export class LiveRegion {
  /**
   * @param {HTMLElement} node
   * @param {Texts} texts
   */
  constructor(node, texts) {
    this.node = node;
    this.texts = texts;
  }

  /** @param {string | null} key of a text; null if there is nothing to be told */
  say(key) {
    this.write(key ? this.texts.get(key) : '');
  }

  /** @param {string | undefined} words */
  write(words = '') {
    this.node.textContent = words;
  }
}
