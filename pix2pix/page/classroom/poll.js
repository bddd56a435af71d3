import { ask, Refusal } from './ask.js';

/**
 * Asks the server for news again and again: never twice at once, more and more seldom while it is
 * away, not at all while nobody sees the page, and never again once it has refused.
 */
export class Poll {
  /**
   * @param {string} address
   * @param {object} handlers
   * @param {(news: any) => void} handlers.heard is told every answer, parsed
   * @param {() => void} [handlers.lost] is told when the server has been away for a while
   * @param {(why: Refusal) => void} [handlers.refused]
   * @param {RequestInit} [options] of the request
   */
  constructor(address, handlers, options) {
    this.address = address;
    this.handlers = handlers;
    this.options = options;
    this.failures = 0;
    this.isAsking = false;
    this.isOver = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    document.addEventListener('visibilitychange', () => this.ask());
    this.ask();
  }

  /** Asks now, and from then on. */
  async ask() {
    clearTimeout(this.timer);
    if (this.isAsking || this.isOver || document.hidden) return;
    this.isAsking = true;
    const news = await this.fetch();
    this.isAsking = false;
    if (this.isOver) return;
    this.timer = setTimeout(() => this.ask(), this.pause);
    if (news) this.handlers.heard(news);
    else if (this.failures === Poll.LOST) this.handlers.lost?.();
  }

  /** @returns {Promise<any>} null if there are no news */
  async fetch() {
    try {
      const news = await (await ask(this.address, this.options)).json();
      this.failures = 0;
      return news;
    } catch (error) {
      this.failures += 1;
      if (error instanceof Refusal && error.isFinal) this.end(error);
      return null;
    }
  }

  /** @param {Refusal} why */
  end(why) {
    this.isOver = true;
    this.handlers.refused?.(why);
  }

  get pause() {
    return Math.min(Poll.PAUSE * 2 ** this.failures, Poll.MOST);
  }
}

Poll.PAUSE = 3000; // ms
Poll.MOST = 30_000; // ms while the server is away
Poll.LOST = 3; // failures in a row
