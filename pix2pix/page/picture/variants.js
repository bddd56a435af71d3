import { Sketch } from '../drawing/sketch.js';

/** @import { App } from '../app/app.js' */

/**
 * Other colours for the picture: asks for four, and shows a strip to pick from, open as long as it
 * is about the drawing.
 */
export class Variants {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {HTMLElement} */
    this.root = app.root.querySelector('.variants');
    this.opener = app.root.querySelector('.button-another');
    this.wait(false);
    this.root.addEventListener('click', ({ target }) => {
      this.take(/** @type {Element} */ (target).closest('button'));
    });
    this.root.addEventListener('keydown', (event) => this.step(event));
  }

  get buttons() {
    return [...this.root.querySelectorAll('button')];
  }

  /** Asks for the same picture in other colours. */
  ask() {
    const { app } = this;
    const { sketch, card } = app;
    if (sketch.live || !card.hasPicture || card.isColoured) return;
    app.goOn();
    app.settle();
    const errand = app.pending.begin('variants', () => this.wait(false));
    const before = { ...sketch.colours };
    this.firstSeed = Sketch.randomSeed();
    sketch.recolour(this.firstSeed);
    this.wait(true);
    const request = { ...app.request(), kind: 'variants' };
    app.pending.ask(errand, request, (answer) => this.offer(answer, before));
  }

  offer(answer, before) {
    const { app } = this;
    this.wait(false);
    if (answer.error) {
      Object.assign(app.sketch.colours, before);
      app.card.fail(answer.error);
      return;
    }
    this.open(answer.variants);
    app.speak('variants_done');
  }

  /** Shows the pictures, the first one taken. */
  open(pictures) {
    const byButton = document.activeElement === this.opener;
    const buttons = pictures.map((picture, index) => this.button(picture, index));
    this.root.replaceChildren(...buttons);
    this.root.hidden = false;
    // Who came by the key N goes on with arrow keys; the button stays under the finger.
    if (!byButton) buttons[0].focus({ preventScroll: true });
    this.take(buttons[0]);
  }

  button(picture, index) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'variant';
    const { texts } = this.app;
    texts.write(button, () => texts.get('variant') + ' ' + (index + 1), 'aria-label');
    const image = document.createElement('img');
    image.src = picture;
    image.alt = '';
    button.append(image);
    return button;
  }

  /** They show a drawing that is no more. */
  close() {
    this.app.pending.drop('variants');
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  wait(isAwaited) {
    this.opener.setAttribute('aria-busy', String(isAwaited));
  }

  /** Takes one of them; the drawing goes on in its colours. */
  take(chosen) {
    if (!chosen) return;
    for (const button of this.buttons) {
      button.setAttribute('aria-pressed', String(button === chosen));
    }
    const { app } = this;
    app.sketch.recolour(this.firstSeed + this.buttons.indexOf(chosen));
    app.store();
    app.card.recolour(chosen.firstChild.src);
    app.announce('picture-changed');
    app.server.renew();
  }

  /** Arrow keys go to the next one and take it. */
  step(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const { buttons } = this;
    const from = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (!by || from < 0) return;
    event.preventDefault();
    const next = buttons[(from + by + buttons.length) % buttons.length];
    next.focus();
    this.take(next);
  }
}
