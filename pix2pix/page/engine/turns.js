/** @import { Sample } from './warmup.js' */
/** @import { Warming, Wish } from './wish.js' */

/** Answers one request after the other; to warm up is left off when a drawing comes. */
export class Turns {
  /**
   * @param {object} uses
   * @param {(wish: Wish) => Promise<object>} uses.answer
   * @param {(domain: string, isAwaited: () => boolean) => Promise<Sample | null>} uses.warm
   * @param {(answer: object) => void} uses.post
   */
  constructor({ answer, warm, post }) {
    this.answer = answer;
    this.warm = warm;
    this.post = post;
    this.waiting = 0;
    this.last = Promise.resolve();
  }

  /** @param {Wish | Warming} wish */
  take(wish) {
    if (wish.kind !== 'warm') this.waiting += 1;
    this.last = this.last.then(async () => this.post(await this.answered(wish)));
  }

  /** @param {Wish | Warming} wish */
  async answered(wish) {
    if (wish.kind === 'warm') return { warmed: await this.warmed(wish.domain) };
    const answer = await this.answer(/** @type {Wish} */ (wish));
    this.waiting -= 1;
    return answer;
  }

  /** @param {string} domain */
  async warmed(domain) {
    try {
      return await this.warm(domain, () => this.waiting > 0);
    } catch {
      return null; // the drawing that meets the same will tell
    }
  }
}
