import { Dialog } from '../common/dialog.js';

/** @import { Texts } from '../common/texts.js' */
/** @import { PictureCard } from './picture.js' */

/** The picture as large as the window; one tap more shows what the machine saw of the drawing. */
export class Look extends Dialog {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {PictureCard} uses.card
   * @param {EventTarget} uses.events
   */
  constructor({ root, texts, card, events }) {
    super('look', { root, texts });
    this.card = card;
    this.image = this.find('.look-image', HTMLImageElement);
    this.machine = this.find('[data-deed=machine]');
    this.edges = this.find('.edges');
    this.machine.addEventListener('click', () => this.turn(this.edges.hidden === true));
    // Whoever looks at it long enough taps it again.
    for (const shown of [this.image, this.edges]) {
      shown.addEventListener('click', () => this.close());
    }
    events.addEventListener('picture-changed', () => this.follow());
  }

  onOpen() {
    this.turn(false);
    this.follow();
  }

  /** A picture that was asked for before may come while it is looked at. */
  follow() {
    if (this.card.hasPicture) this.image.src = this.card.picture.src;
    else if (this.dialog.open) this.close();
  }

  /** @param {boolean} isMachine whether to show what the machine saw, instead of the picture */
  turn(isMachine) {
    this.edges.hidden = !isMachine;
    this.image.hidden = isMachine;
    this.machine.setAttribute('aria-pressed', String(isMachine));
  }
}
