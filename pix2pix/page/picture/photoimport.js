import { WIDTHS } from '../drawing/pens.js';
import { ImportDialog } from './importdialog.js';
import { Photo } from './photo.js';

/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { ImportKind } from './importdialog.js' */
/** @import { Pending } from './pending.js' */
/** @import { Coloured, PictureCard } from './picture.js' */
/** @import { Answer, Server } from './server.js' */
/** @import { Variants } from './variants.js' */

/**
 * Lines as [x, y] in parts of the side, or a photo in colour: what was asked for.
 *
 * @typedef {{strokes: [number, number][][], hidden?: number} & Coloured} Found
 */

/**
 * Has the lines of a photo or a paper drawing found, or a gray photo coloured; the drawing stays as
 * it is until they are there.
 */
export class PhotoImport {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.paper
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {Server} uses.server
   * @param {Pending} uses.pending
   * @param {Variants} uses.variants
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   */
  constructor({ paper, table, card, server, pending, variants, spoken, events }) {
    this.paper = paper;
    this.table = table;
    this.card = card;
    this.server = server;
    this.pending = pending;
    this.variants = variants;
    this.spoken = spoken;
    this.events = events;
  }

  /**
   * @param {ImportKind} kind
   * @param {File} file
   * @param {boolean} hidesFaces whether the server covers faces before it does anything else
   */
  async begin(kind, file, hidesFaces) {
    const { pending, table } = this;
    if (table.sketch.live) return;
    table.goOn();
    const errand = pending.begin(kind, () => this.stopped(kind));
    this.show(kind);
    const photo = await Photo.read(file);
    const wish = kind === 'gray' ? { kind: 'colourise' } : { kind: 'bring', source: kind };
    if (photo.error) {
      if (pending.end(errand)) this.end(kind, photo);
      return;
    }
    const request = { ...wish, picture: photo.picture, hide_faces: hidesFaces };
    pending.ask(errand, request, (/** @type {Answer<Found>} */ answer) => this.end(kind, answer));
  }

  /**
   * @param {ImportKind} kind
   * @param {Answer<Found>} answer
   */
  end(kind, answer) {
    this.hide(kind);
    if (answer.error) {
      this.card.failTo(kind, answer.error);
      return;
    }
    this.table.settle();
    if (kind === 'gray') {
      this.showColoured(answer);
      return;
    }
    this.table.place(ImportDialog.strokes(answer.strokes, WIDTHS.pen[0]));
    this.done('import_done', answer.hidden);
  }

  /** @param {Found} answer */
  showColoured(answer) {
    this.variants.close();
    this.card.showColoured(answer);
    this.events.dispatchEvent(new Event('picture-changed'));
    this.server.rest();
    this.done('gray_done', answer.hidden);
  }

  /**
   * @param {string} key of what was done
   * @param {number} [hidden] faces
   */
  done(key, hidden) {
    const { texts } = this.spoken;
    const faces = hidden ? ' ' + texts.count('faces_hidden', hidden) : '';
    this.spoken.write(texts.get(key) + faces);
  }

  /** @param {ImportKind} kind */
  stopped(kind) {
    this.hide(kind);
    this.spoken.say('import_stopped');
  }

  /**
   * Says that it has begun: a gray photo is no matter of the paper.
   * @param {ImportKind} kind
   */
  show(kind) {
    const isGray = kind === 'gray';
    this.paper.setAttribute('aria-busy', String(!isGray));
    if (isGray) this.card.say('gray_waiting', true);
    this.card.showWaiting(isGray);
    this.spoken.say(isGray ? 'gray_waiting' : 'import_searching');
  }

  /** @param {ImportKind} kind */
  hide(kind) {
    if (kind === 'gray') this.card.say(null);
    this.card.showWaiting(false);
    this.paper.setAttribute('aria-busy', 'false');
    this.spoken.say(null);
  }
}
