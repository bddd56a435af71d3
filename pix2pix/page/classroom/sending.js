import { newCanvas, toBlob } from '../common/canvas.js';
import { find } from '../common/find.js';
import { newId } from '../common/id.js';
import { ask, Refusal } from './ask.js';

/** @import { Toolbar } from '../app/toolbar.js' */
/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { PictureCard } from '../picture/picture.js' */

/**
 * Shows the picture on the big screen, and takes it off again: only at a press of the button, and
 * only what was drawn. A page has one place there, known by a random name.
 */
export class Sending {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {PictureCard} uses.card
   * @param {Toolbar} uses.toolbar
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   */
  constructor({ root, card, toolbar, spoken, events }) {
    this.button = find(root, '.button-send', HTMLButtonElement);
    this.card = card;
    this.toolbar = toolbar;
    this.spoken = spoken;
    this.seat = Sending.seat();
    /** @type {string | null} the picture that is on the big screen */
    this.sent = null;
    this.isOnItsWay = false;
    events.addEventListener('picture-changed', () => this.show());
    this.show();
  }

  get actions() {
    return { send: () => this.press() };
  }

  /** A photo in colour may show anybody; it does not go to the big screen. */
  get canSend() {
    return this.card.hasPicture && !this.card.isColoured;
  }

  get isSent() {
    return this.canSend && this.card.picture.src === this.sent;
  }

  show() {
    this.toolbar.enable('send', this.canSend);
    this.button.setAttribute('aria-pressed', String(this.isSent));
    this.button.setAttribute('aria-busy', String(this.isOnItsWay));
  }

  /** The lesson is over, and nothing is on the big screen. */
  forget() {
    this.sent = null;
    this.show();
  }

  /** There is no big screen any more. */
  hide() {
    this.button.hidden = true;
  }

  async press() {
    if (!this.canSend || this.isOnItsWay) return;
    this.isOnItsWay = true;
    this.show();
    try {
      if (this.isSent) await this.takeBack();
      else await this.send();
    } catch (error) {
      const code = error instanceof Refusal && error.code === 'too_often' ? error.code : 'lost';
      this.card.failTo('send', { code });
    }
    this.isOnItsWay = false;
    this.show();
  }

  async send() {
    const { src } = this.card.picture;
    const body = await Sending.file(this.card.picture);
    await ask(this.address, { method: 'PUT', body });
    this.sent = src;
    this.spoken.say('class_sent');
  }

  async takeBack() {
    await ask(this.address, { method: 'DELETE' });
    this.sent = null;
    this.spoken.say('class_taken_back');
  }

  get address() {
    return 'classroom/seats/' + this.seat;
  }

  /**
   * What leaves the browser: the picture alone, no larger than the big screen needs it.
   * @param {HTMLImageElement} picture
   */
  static file(picture) {
    const { naturalWidth, naturalHeight } = picture;
    const scale = Math.min(1, Sending.SIDE / Math.max(naturalWidth, naturalHeight));
    const [canvas, context] = newCanvas(
      Math.round(naturalWidth * scale),
      Math.round(naturalHeight * scale),
    );
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return toBlob(canvas, 'image/webp', 0.92); // a PNG where a browser cannot write WebP
  }

  /** The tab's own, so that a page that is loaded again keeps its place. */
  static seat() {
    try {
      const seat = sessionStorage.getItem(Sending.KEY) ?? newId();
      sessionStorage.setItem(Sending.KEY, seat);
      return seat;
    } catch {
      return newId(); // not allowed: then a new place after every loading
    }
  }
}

Sending.KEY = 'i-canvas-seat';
Sending.SIDE = 512;
