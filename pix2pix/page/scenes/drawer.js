import { find } from '../common/find.js';

/** @import { Texts } from '../common/texts.js' */
/** @import { Sticker } from './stickers.js' */

/** The stickers of this browser as buttons: to tap, to draw out, or to throw away. */
export class Drawer {
  /**
   * @param {HTMLElement} root
   * @param {Texts} texts
   * @param {{name(sticker: Sticker): string, pick(sticker: Sticker): void,
   *   isThere(event: PointerEvent): boolean,
   *   drag(sticker: Sticker, event: PointerEvent): void}} handlers drag: it has come into the scene
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
    /** @type {PointerEvent | null} */
    let last = null;
    /** @type {HTMLElement | null} what goes with the finger until it comes into the scene */
    let flying = null;
    let isTap = true;
    const land = () => {
      flying?.remove();
      start = null;
      flying = null;
    };
    button.addEventListener('pointerdown', (event) => {
      isTap = true;
      start = event;
      last = event;
      button.setPointerCapture(event.pointerId); // a quick mouse leaves it at once
    });
    button.addEventListener('pointermove', (event) => {
      if (!start || !last || event.pointerId !== start.pointerId) return;
      const way = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
      if (isTap && way < Drawer.TAP) return;
      isTap = false;
      if (!flying && !this.isDrawnOut(start, event)) {
        this.list.scrollBy(last.clientX - event.clientX, last.clientY - event.clientY);
        last = event;
        return;
      }
      flying ??= this.fly(sticker);
      flying.style.translate = `${event.clientX}px ${event.clientY}px`;
      if (!this.handlers.isThere(event)) return;
      land();
      this.handlers.drag(sticker, event);
    });
    for (const type of /** @type {const} */ (['pointerup', 'pointercancel'])) {
      button.addEventListener(type, land);
    }
    button.addEventListener('click', () => isTap && this.handlers.pick(sticker));
    button.addEventListener('keydown', () => (isTap = true));
    return button;
  }

  /**
   * Whether a finger takes its sticker along, rather than scroll the list: that is the way along it
   * where there are more stickers than can be seen, until the finger leaves the drawer.
   * @param {PointerEvent} start
   * @param {PointerEvent} event
   */
  isDrawnOut(start, event) {
    if (this.isThrowing) return false;
    const [across, down] = [event.clientX - start.clientX, event.clientY - start.clientY];
    const { list } = this;
    const box = list.getBoundingClientRect();
    const isInside =
      event.clientX > box.left &&
      event.clientX < box.right &&
      event.clientY > box.top &&
      event.clientY < box.bottom;
    const isAlong =
      Math.abs(down) > Math.abs(across)
        ? list.scrollHeight > list.clientHeight + 1
        : list.scrollWidth > list.clientWidth + 1;
    return !isInside || !isAlong || event.pointerType === 'mouse';
  }

  /** @param {Sticker} sticker */
  fly(sticker) {
    const image = document.createElement('img');
    image.className = 'drawn-sticker';
    image.src = sticker.picture;
    image.alt = '';
    this.root.append(image);
    return image;
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
