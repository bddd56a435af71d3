import { find } from '../common/find.js';
import { Sketch } from '../drawing/sketch.js';

/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { Colours } from '../drawing/sketch.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { Pending } from './pending.js' */
/** @import { PictureCard } from './picture.js' */
/** @import { Answer, Server } from './server.js' */

/**
 * Other colours for the picture: asks for four, and shows a strip to pick from, open as long as it
 * is about the drawing.
 */
export class Variants {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {Server} uses.server
   * @param {Pending} uses.pending
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   */
  constructor({ root, texts, table, card, server, pending, spoken, events }) {
    this.texts = texts;
    this.table = table;
    this.card = card;
    this.server = server;
    this.pending = pending;
    this.spoken = spoken;
    this.events = events;
    this.root = find(root, '.variants');
    this.opener = find(root, '.button-another');
    this.firstSeed = 0;
    this.wait(false);
    for (const event of ['drawing-changed', 'domain-changed']) {
      events.addEventListener(event, () => this.close());
    }
    this.root.addEventListener('click', ({ target }) => {
      this.take(/** @type {Element} */ (target).closest('button'));
    });
    this.root.addEventListener('keydown', (event) => this.step(event));
  }

  get actions() {
    return { another: () => this.ask() };
  }

  get buttons() {
    return [...this.root.querySelectorAll('button')];
  }

  /** Asks for the same picture in other colours. */
  ask() {
    const { table, card, pending } = this;
    const { sketch } = table;
    if (sketch.live || !card.hasPicture || card.isColoured) return;
    table.goOn();
    table.settle();
    const errand = pending.begin('variants', () => this.hide());
    const before = { ...sketch.colours };
    this.firstSeed = Sketch.randomSeed();
    sketch.recolour(this.firstSeed);
    this.wait(true);
    const request = { ...table.request(), kind: 'variants' };
    pending.ask(errand, request, (answer) => this.offer(answer, before));
  }

  /**
   * @param {Answer<{variants: string[]}>} answer
   * @param {Colours} before
   */
  offer(answer, before) {
    this.wait(false);
    if (answer.error) {
      Object.assign(this.table.sketch.colours, before);
      this.card.fail(answer.error);
      return;
    }
    this.open(answer.variants);
    this.spoken.say('variants_done');
  }

  /**
   * Shows the pictures, the first one taken.
   * @param {string[]} pictures data URLs
   */
  open(pictures) {
    const byButton = document.activeElement === this.opener;
    const buttons = pictures.map((picture, index) => this.button(picture, index));
    this.root.replaceChildren(...buttons);
    this.root.hidden = false;
    // Who came by the key N goes on with arrow keys; the button stays under the finger.
    if (!byButton) buttons[0].focus({ preventScroll: true });
    this.take(buttons[0]);
  }

  /**
   * @param {string} picture
   * @param {number} index
   */
  button(picture, index) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'variant';
    const { texts } = this;
    texts.write(button, () => texts.get('variant') + ' ' + (index + 1), 'aria-label');
    const image = document.createElement('img');
    image.src = picture;
    image.alt = '';
    button.append(image);
    return button;
  }

  /** They show a drawing that is no more. */
  close() {
    this.pending.drop('variants');
    this.hide();
  }

  hide() {
    this.wait(false);
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  /** @param {boolean} isAwaited */
  wait(isAwaited) {
    this.opener.setAttribute('aria-busy', String(isAwaited));
  }

  /**
   * Takes one of them; the drawing goes on in its colours.
   * @param {HTMLButtonElement | null} chosen
   */
  take(chosen) {
    if (!chosen) return;
    for (const button of this.buttons) {
      button.setAttribute('aria-pressed', String(button === chosen));
    }
    const { table } = this;
    table.sketch.recolour(this.firstSeed + this.buttons.indexOf(chosen));
    table.store();
    this.card.recolour(find(chosen, 'img', HTMLImageElement).src);
    this.events.dispatchEvent(new Event('picture-changed'));
    this.server.renew();
  }

  /**
   * Arrow keys go to the next one and take it.
   * @param {KeyboardEvent} event
   */
  step(event) {
    const by = Variants.KEYS[event.key];
    const { buttons } = this;
    const from = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (!by || from < 0) return;
    event.preventDefault();
    const next = buttons[(from + by + buttons.length) % buttons.length];
    next.focus();
    this.take(next);
  }
}

/** @type {Object<string, number>} */
Variants.KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
