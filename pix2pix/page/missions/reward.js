import { Dialog } from '../common/dialog.js';

/** @import { App } from '../app/app.js' */

/** What comes when a mission is done: a star, the picture it is for, and a next card. */
export class Reward extends Dialog {
  /** @param {App} app */
  constructor(app) {
    super(app, 'reward');
  }

  get actions() {
    return { ...super.actions, 'draw-on': () => this.close() };
  }

  /** @param {HTMLElement} card of the next mission */
  show(card) {
    this.find('.reward-picture').src = this.app.card.picture.src;
    this.find('.reward-next').replaceChildren(card);
    this.open();
    this.app.speak('star_earned');
  }
}
