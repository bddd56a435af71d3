/** @import { Sketch, Stroke } from './sketch.js' */

/** Tells strokes that somebody drew on this page from those that came as a whole. */
export class OwnStrokes {
  /**
   * @param {Pick<Sketch, 'live' | 'strokes'>} sketch
   * @param {EventTarget} events
   */
  constructor(sketch, events) {
    this.sketch = sketch;
    /** @type {WeakSet<Stroke>} */
    this.known = new WeakSet();
    /** @type {Stroke[] | null} what there was before the stroke that is being drawn */
    this.before = null;
    events.addEventListener('drawing-changed', () => this.changed());
  }

  changed() {
    const { live, strokes } = this.sketch;
    if (live) {
      this.before = strokes;
      return;
    }
    const newest = strokes.at(-1);
    if (newest && this.before?.length === strokes.length - 1) this.known.add(newest);
    this.before = null;
  }

  /** @returns {Stroke[]} those of the drawing as it is now; what only rubs out is no drawing */
  get drawn() {
    return this.sketch.strokes.filter((each) => each.kind !== 'erase' && this.known.has(each));
  }
}
