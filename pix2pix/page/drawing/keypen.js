import { find } from '../common/find.js';

/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { PictureCard } from '../picture/picture.js' */
/** @import { DrawingTable } from './table.js' */

/**
 * Draws with the keyboard alone: while the paper has the focus, arrow keys move a pen that Space or
 * Enter puts down and lifts. Two arrows held at once go slantwise.
 */
export class KeyPen {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.surface has the buttons of tools and sizes
   * @param {HTMLElement} uses.paper
   * @param {Texts} uses.texts
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   */
  constructor({ surface, paper, texts, table, card, spoken, events }) {
    this.surface = surface;
    this.paper = paper;
    this.texts = texts;
    this.table = table;
    this.card = card;
    this.spoken = spoken;
    this.mark = find(paper, '.keypen');
    /** @type {Set<string>} */
    this.held = new Set();
    this.isDown = false;
    this.hadPicture = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.x = 0.5;
    this.y = 0.5;
    this.place(0.5, 0.5);
    this.paper.addEventListener('keydown', (event) => this.press(event));
    this.paper.addEventListener('keyup', ({ key }) => this.held.delete(key));
    this.paper.addEventListener('blur', () => this.leave());
    // Before the finger's own line begins, this one has to have ended.
    this.paper.addEventListener('pointerdown', () => this.leave(), { capture: true });
    events.addEventListener('picture-changed', () => this.pictured());
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (KeyPen.CHOOSE.has(event.code)) setTimeout(() => this.sayTool());
    const run = {
      ' ': () => event.repeat || this.turn(),
      Enter: () => event.repeat || this.turn(),
      Escape: () => this.lift(),
    }[event.key];
    if (!run && !(event.key in KeyPen.ARROWS)) return;
    event.preventDefault();
    if (this.mark.hidden) this.table.actions.whole(); // or it might go where nobody sees it
    this.mark.hidden = false;
    if (run) run();
    else this.go(event.key, event.shiftKey ? KeyPen.LEAPS : 1);
  }

  /**
   * @param {string} key of an arrow
   * @param {number} steps
   */
  go(key, steps) {
    this.held.add(key);
    /** @param {0 | 1} axis */
    const sum = (axis) => [...this.held].reduce((all, each) => all + KeyPen.ARROWS[each][axis], 0);
    for (let step = 0; step < steps; step += 1) {
      this.place(this.x + sum(0) * KeyPen.STEP, this.y + sum(1) * KeyPen.STEP);
      if (this.isDown) this.table.move(this.x, this.y, KeyPen.PRESSURE, 0);
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sayPlace(), KeyPen.REST);
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  place(x, y) {
    /** @param {number} value */
    const within = (value) => Math.min(1, Math.max(0, Math.round(value * 1000) / 1000));
    this.x = within(x);
    this.y = within(y);
    this.mark.style.setProperty('--x', String(this.x));
    this.mark.style.setProperty('--y', String(this.y));
  }

  turn() {
    if (this.isDown) this.lift();
    else this.putDown();
  }

  putDown() {
    if (this.table.sketch.live) return; // a finger is drawing
    this.show(true);
    this.table.begin(false);
    this.table.move(this.x, this.y, KeyPen.PRESSURE, 0);
    this.say(this.text('keypen_down') + ' ' + this.tool());
  }

  lift() {
    if (!this.isDown) return;
    this.show(false);
    this.table.end(false);
    this.say(this.text('keypen_up'));
  }

  leave() {
    this.lift();
    this.held.clear();
    this.mark.hidden = true;
    clearTimeout(this.timer);
  }

  /** @param {boolean} isDown */
  show(isDown) {
    this.isDown = isDown;
    this.mark.classList.toggle('is-down', isDown);
  }

  // --- for those who do not see it -------------------------------------------------------------

  pictured() {
    const isNew = this.card.hasPicture && !this.hadPicture;
    this.hadPicture = this.card.hasPicture;
    if (isNew && !this.mark.hidden) this.say(this.text('keypen_pictured'));
  }

  sayPlace() {
    /** @param {number} part */
    const percent = (part) => Math.round(part * 100);
    const place = { x: percent(this.x), y: percent(this.y) };
    this.say(this.texts.get('keypen_at', place));
  }

  sayTool() {
    this.say(this.tool());
  }

  /** The names of the chosen tool and size. */
  tool() {
    const chosen = this.surface.querySelectorAll(
      ':is([data-tool], [data-size])[aria-pressed=true]',
    );
    return [...chosen].map((button) => button.getAttribute('aria-label')).join(', ');
  }

  /** @param {string} key */
  text(key) {
    return this.texts.get(key);
  }

  /** @param {string} words */
  say(words) {
    clearTimeout(this.timer); // newer than the place
    this.spoken.write(words);
  }
}

/** @type {Object<string, [number, number]>} */
KeyPen.ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
KeyPen.CHOOSE = new Set(['KeyP', 'KeyC', 'KeyE', 'BracketLeft', 'BracketRight']);
KeyPen.STEP = 0.02; // part of the paper's side
KeyPen.LEAPS = 5; // steps at a time with Shift
KeyPen.PRESSURE = 0.5;
KeyPen.REST = 700; // ms without a key until the place is told
