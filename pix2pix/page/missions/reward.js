import { Dialog } from '../common/dialog.js';

/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { PictureCard } from '../picture/picture.js' */

/** What comes when a mission is done: a star, big where
 * all was done that the card says, the picture it is for, and a next card. */
export class Reward extends Dialog {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {PictureCard} uses.card
   * @param {LiveRegion} uses.spoken
   */
  constructor({ root, texts, card, spoken }) {
    super('reward', { root, texts });
    this.card = card;
    this.spoken = spoken;
  }

  get actions() {
    return { ...super.actions, 'draw-on': () => this.close() };
  }

  /**
   * @param {HTMLElement} next the card of the next mission
   * @param {boolean} isWhole whether the star is a big one
   */
  show(next, isWhole) {
    const words = isWhole ? 'star_earned' : 'star_small';
    this.find('.reward-show .card-star', SVGElement).toggleAttribute('data-small', !isWhole);
    this.texts.write(this.find('h2'), () => this.texts.get(words));
    this.find('.reward-picture', HTMLImageElement).src = this.card.picture.src;
    this.find('.reward-next').replaceChildren(next);
    this.open();
    this.spoken.say(words);
  }
}
