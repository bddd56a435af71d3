import { Dialog } from '../common/dialog.js';

/** @import { Studio } from './studio.js' */

/** The way to the other dialogs. */
export class Play extends Dialog {
  /** @param {Studio} studio */
  constructor(studio) {
    super(studio, 'play');
  }
}
