import { DrawingInspector } from './inspector.js';

/** @import { App } from '../app/app.js' */

/** Says once a drawing, when its outline has closed, that this is enough for a picture. */
export class OutlineTip {
  /**
   * @param {App} app
   * @param {() => boolean} isGuided whether somebody is told what to draw already
   */
  constructor(app, isGuided) {
    this.app = app;
    this.isGuided = isGuided;
    /** @type {HTMLElement} */
    this.bubble = app.root.querySelector('.outline-tip');
    this.drawing = null; // its first stroke tells one drawing from another
    this.isTold = true;
    this.byHand = false;
    this.timer = 0;
    app.addEventListener('drawing-changed', () => this.changed());
  }

  changed() {
    const { live, strokes } = this.app.sketch;
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
    if (this.drawing && !this.isTold) this.timer = setTimeout(() => this.look(), OutlineTip.PAUSE);
  }

  look() {
    const { sketch, model } = this.app;
    if (this.isGuided() || sketch.live) return;
    if (new DrawingInspector(model).closed < OutlineTip.LEAST) return;
    this.isTold = true;
    this.bubble.hidden = false;
    this.app.speak('outline_tip');
    this.timer = setTimeout(() => {
      this.bubble.hidden = true;
    }, OutlineTip.STAY);
  }
}

OutlineTip.LEAST = 0.08; // of the paper; a wheel alone is no car yet
OutlineTip.PAUSE = 400; // ms after a stroke
OutlineTip.STAY = 8000; // ms
