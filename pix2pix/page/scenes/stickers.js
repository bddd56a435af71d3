import { newCanvas } from '../common/canvas.js';
import { find } from '../common/find.js';
import { newId } from '../common/id.js';
import { Store } from '../common/store.js';

/** @import { Toolbar } from '../app/toolbar.js' */
/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { Pending } from '../picture/pending.js' */
/** @import { PictureCard } from '../picture/picture.js' */
/** @import { Answer } from '../picture/server.js' */

/**
 * A picture without its background, as a PNG data URL, and what the server answers with.
 *
 * @typedef {{id: string, domain: string, picture: string, width: number, height: number}} Sticker
 * @typedef {Answer<{sticker: string}>} Cut
 */

/** Puts the picture, without its white background, into the sticker drawer of this browser. */
export class Stickers {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {Toolbar} uses.toolbar
   * @param {Pending} uses.pending
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   */
  constructor({ root, table, card, toolbar, pending, spoken, events }) {
    this.button = find(root, '.button-sticker');
    this.table = table;
    this.card = card;
    this.toolbar = toolbar;
    this.pending = pending;
    this.spoken = spoken;
    this.events = events;
    events.addEventListener('picture-changed', () => this.enable());
    this.enable();
  }

  get actions() {
    return { sticker: () => this.keep() };
  }

  enable() {
    this.toolbar.enable('sticker', this.card.hasPicture);
  }

  keep() {
    const { table, card, pending } = this;
    if (table.sketch.live || !card.hasPicture) return;
    table.goOn();
    table.settle();
    const domain = table.domain.id;
    const errand = pending.begin('sticker', () => this.wait(false));
    this.wait(true);
    const request = { ...table.request(), kind: 'sticker' };
    pending.ask(errand, request, (/** @type {Cut} */ answer) => this.receive(answer, domain));
  }

  /**
   * @param {Cut} answer
   * @param {string} domain
   */
  async receive(answer, domain) {
    const { card } = this;
    this.wait(false);
    if (answer.error) return void card.fail(answer.error);
    try {
      const cut = await Stickers.trim(answer.sticker);
      await Store.put('stickers', { id: newId(), domain, ...cut });
      this.events.dispatchEvent(new CustomEvent('sticker-kept', { detail: cut.picture }));
      this.spoken.say('sticker_kept');
    } catch {
      card.say('error_not_kept');
    }
  }

  /** @param {boolean} isAwaited */
  wait(isAwaited) {
    this.button.setAttribute('aria-busy', String(isAwaited));
    if (isAwaited) this.spoken.say('sticker_waiting');
  }

  /**
   * Leaves out what is empty around it.
   * @param {string} source a data URL
   */
  static async trim(source) {
    const image = await Stickers.load(source);
    const [canvas, context] = newCanvas(image.width, image.height, null);
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let [left, top, right, bottom] = [image.width, image.height, -1, -1];
    for (let index = 3; index < data.length; index += 4) {
      if (data[index] < 8) continue;
      const x = (index >> 2) % image.width;
      const y = Math.floor((index >> 2) / image.width);
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
    if (right < 0) return { picture: source, width: image.width, height: image.height };
    const [width, height] = [right - left + 1, bottom - top + 1];
    const [trimmed, target] = newCanvas(width, height, null);
    target.drawImage(canvas, -left, -top);
    return { picture: trimmed.toDataURL(), width, height };
  }

  /** @param {string} source */
  static async load(source) {
    const image = new Image();
    image.src = source;
    await image.decode();
    return image;
  }
}
