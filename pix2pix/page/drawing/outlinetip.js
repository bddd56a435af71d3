import { find } from '../common/find.js';
import { DrawingInspector } from './inspector.js';

/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { PictureCard } from '../picture/picture.js' */
/** @import { Stroke } from './sketch.js' */
/** @import { DrawingTable } from './table.js' */

/**
 * Says once a drawing, when its outline has closed and a picture is there, that this is enough for
 * one; 'outline-closed' is its event.
 */
export class OutlineTip {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   * @param {() => boolean} uses.isGuided whether somebody is told what to draw already
   */
  constructor({ root, table, card, spoken, events, isGuided }) {
    this.table = table;
    this.card = card;
    this.spoken = spoken;
    this.events = events;
    this.isGuided = isGuided;
    this.bubble = find(root, '.outline-tip');
    /** @type {Stroke | undefined} the first one tells one drawing from another */
    this.drawing = undefined;
    this.isTold = true;
    this.byHand = false;
    this.isAwaited = false; // the picture that it is said about
    this.timer = 0;
    events.addEventListener('drawing-changed', () => this.changed());
    events.addEventListener('picture-changed', () => this.isAwaited && this.look());
  }

  changed() {
    const { live, strokes } = this.table.sketch;
    clearTimeout(this.timer);
    this.isAwaited = false;
    this.bubble.hidden = true;
    if (live) {
      this.byHand = true;
      return;
    }
    if (strokes[0] !== this.drawing) {
      this.drawing = strokes[0];
      this.isTold = !this.byHand; // one that came as a whole needs no such word
    }
    this.byHand = false;
    if (this.drawing && !this.isTold) this.timer = setTimeout(() => this.look(), OutlineTip.PAUSE);
  }

  look() {
    const { sketch, model } = this.table;
    if (this.isGuided() || sketch.live) return;
    if (new DrawingInspector(model).closed < OutlineTip.LEAST) return;
    this.isAwaited = !this.card.hasPicture;
    if (this.isAwaited) return;
    this.isTold = true;
    this.bubble.hidden = false;
    this.spoken.say('outline_tip');
    this.events.dispatchEvent(new Event('outline-closed'));
    this.timer = setTimeout(() => {
      this.bubble.hidden = true;
    }, OutlineTip.STAY);
  }
}

OutlineTip.LEAST = 0.08; // of the paper; a wheel alone is no car yet
OutlineTip.PAUSE = 400; // ms after a stroke
OutlineTip.STAY = 8000; // ms
