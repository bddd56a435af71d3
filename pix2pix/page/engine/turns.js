/** @import { Sample } from './warmup.js' */
/** @import { Warming, Wish } from './wish.js' */

/**
 * Answers one request after the other. To warm up is left off when a drawing comes, and so is an
 * older drawing, whose picture the page would not show.
 */
export class Turns {
  /**
   * @param {object} uses
   * @param {(wish: Wish, isNeedless: () => boolean) => Promise<object>} uses.answer
   * @param {(domain: string, isAwaited: () => boolean) => Promise<Sample | null>} uses.warm
   * @param {(answer: object) => void} uses.post
   */
  constructor({ answer, warm, post }) {
    this.answer = answer;
    this.warm = warm;
    this.post = post;
    this.waiting = 0;
    /** @type {Wish | Warming | null} the latest drawing */
    this.latest = null;
    this.last = Promise.resolve();
  }

  /** @param {Wish | Warming} wish */
  take(wish) {
    if (wish.kind !== 'warm') this.waiting += 1;
    if (wish.kind === 'draw') this.latest = wish;
    this.last = this.last.then(async () => this.post(await this.answered(wish)));
  }

  /** @param {Wish | Warming} wish */
  async answered(wish) {
    if (wish.kind === 'warm') return { warmed: await this.warmed(wish.domain) };
    const drawing = /** @type {Wish} */ (wish);
    const answer = await this.answer(drawing, () => this.isNeedless(drawing));
    this.waiting -= 1;
    return answer;
  }

  /**
   * Trials, whose ids are negative, are for the time they take.
   * @param {Wish} wish
   */
  isNeedless(wish) {
    return wish.kind === 'draw' && wish.id > 0 && wish !== this.latest;
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
