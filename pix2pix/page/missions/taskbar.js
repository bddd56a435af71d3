/** @import { App } from '../app/app.js' */

/**
 * The slim card of what has been taken on: it lies in the header, where the domains are otherwise,
 * so that the paper stays where it is. One at a time.
 */
export class TaskBar {
  /** @param {App} app */
  constructor(app) {
    /** @type {HTMLElement} */
    this.root = app.root.querySelector('.task-bar');
    this.app = app;
    this.left = null;
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

  say(words) {
    this.app.texts.write(this.find('.task-bar-line'), words);
  }

  get line() {
    return this.find('.task-bar-line').textContent;
  }

  close() {
    const { left } = this;
    this.left = this.kind = null;
    this.root.hidden = true;
    left?.();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }
}
