import { find } from '../common/find.js';
import { Save } from './save.js';

/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { Pending } from './pending.js' */
/** @import { PictureCard } from './picture.js' */
/** @import { Answer } from './server.js' */

/**
 * Has the picture enlarged by the server, and keeps that as a file; the same picture once more, and
 * it becomes larger still.
 */
export class Enlarger {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {Pending} uses.pending
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   * @param {(part: string) => string} uses.fileName
   */
  constructor({ root, table, card, pending, spoken, events, fileName }) {
    this.button = find(root, '.button-enlarge');
    this.table = table;
    this.card = card;
    this.pending = pending;
    this.spoken = spoken;
    this.fileName = fileName;
    this.events = events;
    this.times = 0; // that this picture has been enlarged
    events.addEventListener('picture-changed', () => {
      this.times = 0;
    });
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
    const [part, most] = Enlarger.STEPS[Math.min(this.times, Enlarger.STEPS.length - 1)];
    const name = this.fileName(part);
    const errand = this.pending.begin('enlarge', () => this.wait(false));
    this.wait(true);
    this.pending.ask(errand, { kind: 'enlarge', picture, most }, (answer) =>
      this.keep(answer, name),
    );
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
    this.times += 1;
    await Save.whole(answer.enlarged, name);
    this.spoken.say('enlarge_done');
    this.events.dispatchEvent(new CustomEvent('picture-saved', { detail: 'enlarge' }));
  }

  /** @param {boolean} isAwaited */
  wait(isAwaited) {
    this.button.setAttribute('aria-busy', String(isAwaited));
    this.spoken.say(isAwaited ? 'enlarge_waiting' : null);
  }
}

// For each time, the end of the file's name, and the longest side in pixels.
/** @type {[string, number][]} */
Enlarger.STEPS = [
  ['-big', 1024],
  ['-bigger', 2048],
];
