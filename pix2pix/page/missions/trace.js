import { WIDTHS } from '../drawing/pens.js';
import { Starters } from '../drawing/starters.js';
import { Cards } from './cards.js';

/** @import { TaskBar } from './taskbar.js' */
/** @import { App } from '../app/app.js' */

/**
 * A template that lies under the canvas: an SVG of its own, so that it is never sent or saved. When
 * drawn along, one of its strokes is shown at a time, and the next when it has been followed.
 */
export class Trace {
  /**
   * @param {App} app
   * @param {TaskBar} taskBar
   */
  constructor(app, taskBar) {
    this.app = app;
    this.taskBar = taskBar;
    this.sheet = null;
    app.addEventListener('drawing-changed', () => this.changed());
  }

  get actions() {
    return { 'trace-skip': () => this.next() };
  }

  start(template, isAlong) {
    const { taskBar } = this;
    const { texts } = this.app;
    this.name = () => texts.name(template.name);
    taskBar.open('trace', Cards.picture(template), this.name, () => this.stop());
    this.strokes = Starters.strokes(template, WIDTHS.pen[1]);
    this.paths = template.strokes.map((d) => Cards.node('path', { d }));
    this.sheet = Cards.node('svg', { viewBox: '0 0 1 1', class: 'underlay', 'aria-hidden': true });
    this.sheet.append(...this.paths);
    this.app.paper.prepend(this.sheet);
    this.app.toolbar.pick('pen');
    this.isAlong = isAlong;
    taskBar.root.toggleAttribute('data-along', isAlong);
    if (isAlong) this.show(0);
  }

  stop() {
    this.sheet.remove();
    this.sheet = null;
    this.isAlong = false;
    this.taskBar.root.removeAttribute('data-along');
  }

  /** Shows which stroke comes now: where it starts, and the way it goes. */
  show(step) {
    this.step = step;
    this.from = this.app.sketch.strokes.length;
    this.sheet.querySelector('.guide')?.remove();
    this.paths.forEach((path, index) => path.toggleAttribute('data-past', index < step));
    this.paths[step].parentNode.append(this.guide(step));
    const { taskBar } = this;
    const { texts } = this.app;
    const place = { step: step + 1, all: this.strokes.length };
    taskBar.say(() => this.name() + ' · ' + texts.get('trace_step', place));
    this.app.speak('trace_next');
  }

  guide(step) {
    const guide = Cards.node('g', { class: 'guide' });
    const d = this.paths[step].getAttribute('d');
    const [x, y] = this.strokes[step].points[0];
    const dot = Cards.node('circle', { r: 0.02, class: 'guide-dot' });
    // Where nothing shall move, the place to start at says enough.
    if (!this.app.preferences.isStill) {
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
    const { sketch } = this.app;
    if (!this.isAlong || sketch.live) return;
    this.from = Math.min(this.from, sketch.strokes.length); // some may have been taken back
    const drawn = sketch.strokes.slice(this.from).filter(({ kind }) => kind === 'line');
    if (Trace.isFollowed(this.strokes[this.step], drawn)) this.next();
  }

  next() {
    if (!this.isAlong) return;
    if (this.step + 1 < this.strokes.length) this.show(this.step + 1);
    else this.praise();
  }

  praise() {
    const { taskBar } = this;
    const { texts } = this.app;
    this.isAlong = false;
    this.sheet.replaceChildren();
    taskBar.root.removeAttribute('data-along');
    taskBar.find('.task-bar-picture').replaceChildren(Cards.glyph(this.app.root, 'card-star'));
    taskBar.say(() => texts.get('trace_done'));
    this.app.speak('trace_done');
  }

  /** Has most of the stroke's length been drawn near it? */
  static isFollowed({ points }, drawn) {
    const near = points.filter((point) => drawn.some((each) => Trace.isNear(point, each.points)));
    return near.length >= Trace.MOST * points.length;
  }

  static isNear([x, y], points) {
    return points.some(([toX, toY], index) => {
      const [fromX, fromY] = points[Math.max(0, index - 1)];
      const [alongX, alongY] = [toX - fromX, toY - fromY];
      const length = alongX ** 2 + alongY ** 2;
      const part = length ? ((x - fromX) * alongX + (y - fromY) * alongY) / length : 0;
      const at = Math.min(1, Math.max(0, part));
      return Math.hypot(fromX + at * alongX - x, fromY + at * alongY - y) <= Trace.NEAR;
    });
  }
}

Trace.NEAR = 0.06; // of the side
Trace.MOST = 0.75; // of the stroke's length
