import { Dialog } from '../common/dialog.js';

/** @import { App } from './app.js' */

/** The way to the other dialogs. */
export class Play extends Dialog {
  /** @param {App} app */
  constructor(app) {
    super(app, 'play');
  }
}
