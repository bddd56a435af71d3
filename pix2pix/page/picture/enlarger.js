import { Save } from './save.js';

/** @import { Pending } from './pending.js' */

/** Has the picture enlarged by the server, and keeps that as a file. */
export class Enlarger {
  /**
   * @param button shows whether it is awaited
   * @param {Pending} pending
   * @param {(key: string | null) => void} speak tells those who do not see the page
   * @param {(error) => void} fail shows why there is none
   */
  constructor(button, pending, speak, fail) {
    this.button = button;
    this.pending = pending;
    this.speak = speak;
    this.fail = fail;
    this.wait(false);
  }

  /** Asks for `picture`, a data URL, as it is now; drawing may go on meanwhile. */
  ask(picture, name) {
    const errand = this.pending.begin('enlarge', () => this.wait(false));
    this.wait(true);
    this.pending.ask(errand, { kind: 'enlarge', picture }, (answer) => this.keep(answer, name));
  }

  async keep(answer, name) {
    this.wait(false);
    if (answer.error) {
      this.fail(answer.error);
      return;
    }
    await Save.whole(answer.enlarged, name);
    this.speak('enlarge_done');
  }

  wait(isAwaited) {
    this.button.setAttribute('aria-busy', String(isAwaited));
    this.speak(isAwaited ? 'enlarge_waiting' : null);
  }
}
