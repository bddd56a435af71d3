import { whenIdle } from '../common/idle.js';

/** @import { Domain } from '../common/domains.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { Pending } from './pending.js' */
/** @import { PictureCard } from './picture.js' */
/** @import { Answer, Drawn, Server } from './server.js' */

/**
 * The child's own drawing as every other kind, small: made one after the other when the hand rests
 * and nobody else wants the server; dropped as soon as the hand draws again.
 */
export class KindPictures {
  /**
   * @param {object} uses
   * @param {Domain[]} uses.domains
   * @param {Pick<DrawingTable, 'request' | 'domain' | 'sketch'>} uses.table
   * @param {Pick<PictureCard, 'hasPicture' | 'isColoured' | 'picture'>} uses.card
   * @param {Pick<Server, 'isBusy'>} uses.server
   * @param {Pending} uses.pending
   * @param {EventTarget} uses.events
   * @param {(domain: Domain, picture: string | null) => void} uses.show
   */
  constructor({ domains, table, card, server, pending, events, show }) {
    this.domains = domains;
    this.table = table;
    this.card = card;
    this.server = server;
    this.pending = pending;
    this.show = show;
    /** @type {Map<string, string>} the drawing that a kind's picture is of */
    this.made = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    for (const event of ['drawing-changed', 'drawing-resumed', 'domain-changed']) {
      events.addEventListener(event, () => this.stop());
    }
    events.addEventListener('picture-changed', () => this.later());
  }

  /** The hand draws: nothing of this may be in its way. */
  stop() {
    clearTimeout(this.timer);
    this.pending.drop('kinds');
  }

  later(rest = KindPictures.REST) {
    clearTimeout(this.timer);
    if (!this.card.hasPicture) this.forget();
    else this.timer = setTimeout(() => whenIdle(() => this.next()), rest);
  }

  /** Without a drawing there is nothing of the child's own to show. */
  forget() {
    this.stop();
    this.made.clear();
    for (const domain of this.domains) this.show(domain, null);
  }

  next() {
    const { table, card, pending } = this;
    if (!card.hasPicture || card.isColoured || table.sketch.live) return;
    if (this.server.isBusy || pending.starter || pending.errand) return this.later();
    const request = table.request();
    if (!request) return;
    const drawing = JSON.stringify({ ...request, domain: '' });
    this.take(table.domain, card.picture.src, drawing);
    const domain = this.domains.find(({ id }) => this.made.get(id) !== drawing);
    if (!domain) return;
    const errand = pending.begin('kinds');
    const since = performance.now();
    const small = { ...request, domain: domain.id, size: KindPictures.SIDE };
    pending.ask(errand, small, (/** @type {Answer<Drawn>} */ answer) => {
      this.take(domain, answer.error ? null : answer.picture, drawing);
      // A slow server, or one that thirty draw with, has as long a rest as it has worked.
      this.later(performance.now() - since);
    });
  }

  /**
   * @param {Domain} domain
   * @param {string | null} picture null if this kind cannot be drawn here
   * @param {string} drawing
   */
  take(domain, picture, drawing) {
    this.made.set(domain.id, drawing);
    this.show(domain, picture);
  }
}

KindPictures.REST = 700; // ms after the last picture
KindPictures.SIDE = 256;
