import { find } from '../common/find.js';
import { WIDTHS } from '../drawing/pens.js';
import { Snap } from '../drawing/snap.js';
import { Starters } from '../drawing/starters.js';
import { Cards } from './cards.js';

/** @import { Toolbar } from '../app/toolbar.js' */
/** @import { Starter } from '../common/domains.js' */
/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { Preferences } from '../common/preferences.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { OwnStrokes } from '../drawing/ownstrokes.js' */
/** @import { Sketch, Stroke } from '../drawing/sketch.js' */
/** @import { TaskBar } from './taskbar.js' */

/**
 * A template that lies under the canvas: an SVG of its own, so that it is never sent or saved. When
 * drawn along, one of its strokes is shown at a time, and the next when it has been followed.
 */
export class Trace {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root has the glyphs
   * @param {HTMLElement} uses.paper
   * @param {Texts} uses.texts
   * @param {Preferences} uses.preferences
   * @param {Sketch} uses.sketch
   * @param {OwnStrokes} uses.own
   * @param {Toolbar} uses.toolbar
   * @param {TaskBar} uses.taskBar
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   */
  constructor({ root, paper, texts, preferences, sketch, own, toolbar, taskBar, spoken, events }) {
    this.root = root;
    this.paper = paper;
    this.texts = texts;
    this.preferences = preferences;
    this.sketch = sketch;
    this.own = own;
    this.toolbar = toolbar;
    this.taskBar = taskBar;
    this.spoken = spoken;
    this.sheet = Cards.node('svg', { viewBox: '0 0 1 1', class: 'underlay', 'aria-hidden': true });
    this.isAlong = false;
    this.step = 0;
    this.followed = 0; // how many lines were not skipped
    this.from = 0; // how many strokes there were when the step began
    /** @type {SVGElement[]} */
    this.paths = [];
    /** @type {Stroke[]} */
    this.strokes = [];
    this.name = () => '';
    events.addEventListener('drawing-changed', () => this.changed());
  }

  get actions() {
    return { 'trace-skip': () => this.skip() };
  }

  /**
   * @param {Starter} template
   * @param {boolean} isAlong
   */
  start(template, isAlong) {
    const { taskBar, texts } = this;
    this.name = () => texts.name(template.name);
    taskBar.open('trace', Cards.picture(template), this.name, () => this.stop());
    this.strokes = Starters.strokes(template, WIDTHS.pen[1]);
    this.paths = template.strokes.map((d) => Cards.node('path', { d }));
    this.sheet.replaceChildren(...this.paths);
    find(this.paper, '.sheet').prepend(this.sheet);
    this.toolbar.pick('pen');
    this.isAlong = isAlong;
    taskBar.root.toggleAttribute('data-along', isAlong);
    this.followed = 0;
    if (isAlong) this.show(0);
  }

  stop() {
    this.sheet.remove();
    this.isAlong = false;
    this.taskBar.root.removeAttribute('data-along');
  }

  /**
   * Shows which stroke comes now: where it starts, and the way it goes.
   * @param {number} step
   */
  show(step) {
    this.step = step;
    this.from = this.sketch.strokes.length;
    this.sheet.querySelector('.guide')?.remove();
    this.paths.forEach((path, index) => path.toggleAttribute('data-past', index < step));
    this.sheet.append(this.guide(step));
    const { taskBar, texts } = this;
    const place = { step: step + 1, all: this.strokes.length };
    taskBar.say(() => this.name() + ' · ' + texts.get('trace_step', place));
    this.spoken.say('trace_next');
  }

  /** @param {number} step */
  guide(step) {
    const guide = Cards.node('g', { class: 'guide' });
    const d = this.paths[step].getAttribute('d') ?? '';
    const [x, y] = this.strokes[step].points[0];
    const dot = Cards.node('circle', { r: 0.02, class: 'guide-dot' });
    // Where nothing shall move, the place to start at says enough.
    if (!this.preferences.isStill) {
      const seconds = 1.2 + this.strokes[step].points.length / 50;
      const way = { path: d, dur: seconds + 's', repeatCount: 'indefinite' };
      dot.append(Cards.node('animateMotion', way));
    } else {
      dot.setAttribute('transform', `translate(${x} ${y})`);
    }
    guide.append(Cards.node('path', { d }), Cards.node('circle', { cx: x, cy: y, r: 0.032 }), dot);
    return guide;
  }

  changed() {
    const { sketch } = this;
    if (!this.isAlong || sketch.live) return;
    this.from = Math.min(this.from, sketch.strokes.length); // some may have been taken back
    const own = this.own.drawn.filter(({ kind }) => kind === 'line');
    const drawn = sketch.strokes.slice(this.from).filter((stroke) => own.includes(stroke));
    if (!Trace.isFollowed(this.strokes[this.step], drawn)) return;
    this.followed += 1;
    this.next();
  }

  skip() {
    if (this.isAlong) this.next();
  }

  next() {
    if (this.step + 1 < this.strokes.length) this.show(this.step + 1);
    else this.praise();
  }

  praise() {
    const { taskBar, texts } = this;
    this.isAlong = false;
    this.sheet.replaceChildren();
    taskBar.root.removeAttribute('data-along');
    const { followed } = this;
    const all = this.strokes.length;
    if (followed === all) {
      taskBar.find('.task-bar-picture').replaceChildren(Cards.glyph(this.root, 'card-star'));
    }
    taskBar.say(() => Trace.praise(texts, followed, all));
    this.spoken.write(taskBar.line);
  }

  /**
   * What is true to say at the end.
   * @param {Texts} texts
   * @param {number} followed
   * @param {number} all
   */
  static praise(texts, followed, all) {
    if (followed === all) return texts.get('trace_done');
    return followed ? texts.count('trace_drawn', followed, { all }) : texts.get('trace_end');
  }

  /**
   * Has most of the stroke's length been drawn near it?
   * @param {Stroke} stroke
   * @param {Stroke[]} drawn
   */
  static isFollowed({ points }, drawn) {
    const near = points.filter((point) =>
      drawn.some((each) => Snap.touches(each.points, point, Trace.NEAR)),
    );
    return near.length >= Trace.MOST * points.length;
  }
}

Trace.NEAR = 0.06; // of the side
Trace.MOST = 0.75; // of the stroke's length
