import { Dialog } from '../common/dialog.js';

/** @import { Studio } from '../app/studio.js' */

/** What comes when a mission is done: a star, the picture it is for, and a next card. */
export class Reward extends Dialog {
  /** @param {Studio} studio */
  constructor(studio) {
    super(studio, 'reward');
  }

  get actions() {
    return { ...super.actions, 'draw-on': () => this.close() };
  }

  /** @param {HTMLElement} card of the next mission */
  show(card) {
    this.find('.reward-picture').src = this.studio.card.picture.src;
    this.find('.reward-next').replaceChildren(card);
    this.open();
    this.studio.speak('star_earned');
  }
}
