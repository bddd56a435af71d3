import { Dialog } from '../common/dialog.js';
import { findAll } from '../common/find.js';
import { Store } from '../common/store.js';

/** @import { Texts } from '../common/texts.js' */

/** @typedef {{id: string, changed?: number, picture: Blob | string | null}} Kept */

/** The way to the other dialogs: doors, with the child's own newest thing on each that has some. */
export class Play extends Dialog {
  /** @param {{root: HTMLElement, texts: Texts}} uses */
  constructor({ root, texts }) {
    super('play', { root, texts });
  }

  onOpen() {
    for (const [door, kinds] of Play.DOORS) {
      Promise.all(kinds.map((kind) => Store.all(kind)))
        .then((found) => this.show(door, newest(found.flat())))
        .catch(() => {}); // the door has its sign
    }
  }

  /**
   * @param {string} door the action of its button
   * @param {Kept | undefined} kept
   */
  show(door, kept) {
    const picture = this.find('[data-action=' + door + '] .play-newest', HTMLImageElement);
    this.forget(picture);
    if (!kept?.picture) return;
    const { picture: shown } = kept;
    picture.src = typeof shown === 'string' ? shown : URL.createObjectURL(shown);
    picture.hidden = false;
  }

  onClose() {
    for (const picture of findAll(this.dialog, '.play-newest', HTMLImageElement)) {
      this.forget(picture);
    }
  }

  /** @param {HTMLImageElement} picture */
  forget(picture) {
    if (picture.src.startsWith('blob:')) URL.revokeObjectURL(picture.src);
    picture.removeAttribute('src');
    picture.hidden = true;
  }
}

/**
 * The one that was changed or, where that is not kept, made last.
 * @param {Kept[]} all
 * @returns {Kept | undefined}
 */
export function newest(all) {
  /** @param {Kept} kept ids begin with the time, see newId */
  const time = ({ id, changed }) => changed ?? Number.parseInt(id, 36);
  return all.filter(({ picture }) => picture).sort((a, b) => time(b) - time(a))[0];
}

/** @type {[string, ('drawings' | 'stickers' | 'scenes')[]][]} */
Play.DOORS = [
  ['album', ['drawings']],
  ['replay', ['drawings']],
  ['scenes', ['scenes', 'stickers']],
];
