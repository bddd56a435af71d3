import { find } from './find.js';

/** @import { Texts } from './texts.js' */

/** Says what was done and takes it back on a tap; goes by itself, but not from under a finger. */
export class UndoBar {
  /**
   * @param {HTMLElement} root
   * @param {Texts} texts
   */
  constructor(root, texts) {
    this.root = root;
    this.texts = texts;
    this.words = find(root, 'span');
    /** @type {(() => void) | null} */
    this.back = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    find(root, 'button').addEventListener('click', () => this.undo());
    for (const event of ['focusin', 'pointerenter']) {
      root.addEventListener(event, () => this.stay());
    }
    for (const event of ['focusout', 'pointerleave']) {
      root.addEventListener(event, () => this.wait());
    }
  }

  /**
   * @param {string} key of what it says
   * @param {() => void} back takes it back
   */
  offer(key, back) {
    this.texts.write(this.words, () => this.texts.get(key));
    this.back = back;
    this.root.hidden = false;
    this.wait();
  }

  undo() {
    const { back } = this;
    this.hide();
    back?.();
  }

  hide() {
    this.stay();
    this.back = null;
    this.root.hidden = true;
  }

  stay() {
    clearTimeout(this.timer);
  }

  wait() {
    this.stay();
    if (this.root.matches(':hover, :focus-within')) return;
    this.timer = setTimeout(() => this.hide(), UndoBar.STAY);
  }
}

UndoBar.STAY = 10000; // ms
