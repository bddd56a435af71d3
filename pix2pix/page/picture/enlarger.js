import { find } from '../common/find.js';
import { Save } from './save.js';

/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { Pending } from './pending.js' */
/** @import { PictureCard } from './picture.js' */
/** @import { Answer } from './server.js' */

/** Has the picture enlarged by the server, and keeps that as a file. */
export class Enlarger {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {Pending} uses.pending
   * @param {LiveRegion} uses.spoken
   * @param {() => string} uses.fileName
   */
  constructor({ root, table, card, pending, spoken, fileName }) {
    this.button = find(root, '.button-enlarge');
    this.table = table;
    this.card = card;
    this.pending = pending;
    this.spoken = spoken;
    this.fileName = fileName;
    this.wait(false);
  }

  get actions() {
    return { enlarge: () => this.ask() };
  }

  /** Asks for the picture as it is now; drawing may go on meanwhile. */
  ask() {
    if (this.pending.has('enlarge') || !this.card.hasPicture) return;
    this.table.goOn();
    const picture = this.card.picture.src;
    const name = this.fileName();
    const errand = this.pending.begin('enlarge', () => this.wait(false));
    this.wait(true);
    this.pending.ask(errand, { kind: 'enlarge', picture }, (answer) => this.keep(answer, name));
  }

  /**
   * @param {Answer<{enlarged: string}>} answer
   * @param {string} name
   */
  async keep(answer, name) {
    this.wait(false);
    if (answer.error) {
      this.card.failTo('enlarge', answer.error);
      return;
    }
    await Save.whole(answer.enlarged, name);
    this.spoken.say('enlarge_done');
  }

  /** @param {boolean} isAwaited */
  wait(isAwaited) {
    this.button.setAttribute('aria-busy', String(isAwaited));
    this.spoken.say(isAwaited ? 'enlarge_waiting' : null);
  }
}
