import { Room } from '../common/room.js';

/** @import { Studio } from '../app/studio.js' */

/** What comes when a mission is done: a star, the picture it is for, and a next card. */
export class Cheer extends Room {
  /** @param {Studio} studio */
  constructor(studio) {
    super(studio, 'cheer');
  }

  get actions() {
    return { ...super.actions, 'draw-on': () => this.close() };
  }

  /** @param {HTMLElement} card of the next mission */
  show(card) {
    this.find('.cheer-picture').src = this.studio.card.picture.src;
    this.find('.cheer-next').replaceChildren(card);
    this.open();
    this.studio.speak('star_earned');
  }
}
