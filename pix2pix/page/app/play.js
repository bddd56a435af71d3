import { Dialog } from '../common/dialog.js';

/** @import { Texts } from '../common/texts.js' */

/** The way to the other dialogs. */
export class Play extends Dialog {
  /** @param {{root: HTMLElement, texts: Texts}} uses */
  constructor({ root, texts }) {
    super('play', { root, texts });
  }
}
