import { find } from '../common/find.js';

/** @import { Texts } from '../common/texts.js' */
/** @import { Sticker } from './stickers.js' */

/** The stickers of this browser as buttons: to tap, to draw out, or to throw away. */
export class Drawer {
  /**
   * @param {HTMLElement} root
   * @param {Texts} texts
   * @param {{name(sticker: Sticker): string, pick(sticker: Sticker): void,
   *   drag(sticker: Sticker, event: PointerEvent): void}} handlers
   */
  constructor(root, texts, handlers) {
    this.root = root;
    this.texts = texts;
    this.handlers = handlers;
    this.list = find(root, '.drawer-list');
    this.empty = find(root, '.drawer-empty');
    this.isThrowing = false;
    this.shown = '';
  }

  /**
   * Makes the buttons anew only when they are others.
   * @param {Sticker[]} stickers
   */
  show(stickers) {
    const shown = stickers.map(({ id }) => id).join();
    this.empty.hidden = stickers.length > 0;
    if (this.shown === shown) return;
    this.shown = shown;
    this.list.replaceChildren(...stickers.map((sticker) => this.button(sticker)));
  }

  /** @param {boolean} isThrowing whether a tap throws a sticker away */
  throwing(isThrowing) {
    this.isThrowing = isThrowing;
    this.root.toggleAttribute('data-throwing', isThrowing);
  }

  /** @param {Sticker} sticker */
  button(sticker) {
    const words = () => this.handlers.name(sticker);
    const button = pictureButton(this.texts, 'drawer-sticker', sticker.picture, words);
    /** @type {PointerEvent | null} */
    let start = null;
    button.addEventListener('pointerdown', (event) => {
      start = this.isThrowing ? null : event;
      button.setPointerCapture(event.pointerId); // a quick mouse leaves it at once
    });
    button.addEventListener('pointermove', (event) => {
      if (!start) return;
      const way = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
      if (way < Drawer.TAP) return;
      start = null;
      this.handlers.drag(sticker, event);
    });
    for (const type of /** @type {const} */ (['pointerup', 'pointercancel'])) {
      button.addEventListener(type, () => (start = null));
    }
    button.addEventListener('click', () => this.handlers.pick(sticker));
    return button;
  }
}

Drawer.TAP = 10; // px: a finger that moves less only taps

/**
 * A button that is a picture.
 *
 * @param {Texts} texts
 * @param {string} className
 * @param {string} source
 * @param {() => string} words
 */
export function pictureButton(texts, className, source, words) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = className;
  for (const label of ['title', 'aria-label']) texts.write(button, words, label);
  const image = document.createElement('img');
  image.src = source;
  image.alt = '';
  image.draggable = false;
  button.append(image);
  return button;
}
