/** @import { Answer, Server } from './server.js' */

/**
 * What has been asked for and is not there yet: a starter that is still being drawn, and one errand
 * at the server. A newer errand takes the place of an older one, whose `dropped` is called.
 *
 * @typedef {'variants' | 'enlarge' | 'sticker' | 'photo' | 'paper' | 'gray' | 'kinds'} Kind
 * @typedef {{kind: Kind, dropped: () => void}} Errand
 */
export class Pending {
  /** @param {Pick<Server, 'ask' | 'forget'>} server */
  constructor(server) {
    this.server = server;
    /** @type {(() => void) | null} stops the starter that is growing */
    this.starter = null;
    /** @type {Errand | null} */
    this.errand = null;
  }

  /** @param {Kind} kind */
  has(kind) {
    return this.errand?.kind === kind;
  }

  /**
   * Begins an errand, which may have something to do before it asks the server.
   * @param {Kind} kind
   * @param {() => void} dropped is called if it shall not go on
   */
  begin(kind, dropped = () => {}) {
    if (this.errand) this.drop(this.errand.kind);
    const errand = { kind, dropped };
    this.errand = errand;
    return errand;
  }

  /**
   * Sends what an errand is about; does nothing if it was dropped meanwhile.
   *
   * @template T
   * @param {Errand} errand
   * @param {object} request
   * @param {(answer: Answer<T>) => void} done
   */
  ask(errand, request, done) {
    if (this.errand !== errand) return;
    this.server.ask(request, (/** @type {Answer<T>} */ answer) => {
      this.errand = null;
      done(answer);
    });
  }

  /**
   * Ends an errand that came to nothing before it asked the server.
   * @param {Errand} errand
   * @returns {boolean} whether it was still going on
   */
  end(errand) {
    if (this.errand !== errand) return false;
    this.errand = null;
    return true;
  }

  /** @param {Kind[]} kinds of errands that shall not go on */
  drop(...kinds) {
    const { errand } = this;
    if (!errand || !kinds.includes(errand.kind)) return;
    this.errand = null;
    this.server.forget();
    errand.dropped();
  }
}
