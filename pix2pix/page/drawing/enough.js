import { Sight } from './sight.js';

/** @import { Studio } from '../app/studio.js' */

/** Says once a drawing, when its outline has closed, that this is enough for a picture. */
export class Enough {
  /**
   * @param {Studio} studio
   * @param {() => boolean} isGuided whether somebody is told what to draw already
   */
  constructor(studio, isGuided) {
    this.studio = studio;
    this.isGuided = isGuided;
    /** @type {HTMLElement} */
    this.bubble = studio.root.querySelector('.enough');
    this.drawing = null; // its first stroke tells one drawing from another
    this.isTold = true;
    this.byHand = false;
    this.timer = 0;
    studio.addEventListener('changed', () => this.changed());
  }

  changed() {
    const { live, strokes } = this.studio.sketch;
    clearTimeout(this.timer);
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
    if (this.drawing && !this.isTold) this.timer = setTimeout(() => this.look(), Enough.PAUSE);
  }

  look() {
    const { sketch, model } = this.studio;
    if (this.isGuided() || sketch.live) return;
    if (new Sight(model).closed < Enough.ROOM) return;
    this.isTold = true;
    this.bubble.hidden = false;
    this.studio.speak('enough');
    this.timer = setTimeout(() => {
      this.bubble.hidden = true;
    }, Enough.STAY);
  }
}

Enough.ROOM = 0.08; // of the paper; a wheel alone is no car yet
Enough.PAUSE = 400; // ms after a stroke
Enough.STAY = 8000; // ms
