import { find } from '../common/find.js';
import { Timetable } from './timetable.js';

/** @import { Domains, Starter } from '../common/domains.js' */
/** @import { Preferences } from '../common/preferences.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { Way } from './timetable.js' */

/**
 * Shows in four seconds what this page is for: a hand draws, and a picture grows. On a first visit,
 * and again when nobody has touched an empty paper for long. It lies over paper and picture without
 * being in anybody's way: whatever is touched or pressed ends it, and counts as always.
 */
export class Demo {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Preferences} uses.preferences
   * @param {Domains} uses.domains
   * @param {DrawingTable} uses.table
   * @param {() => boolean} uses.isGuided whether somebody is told what to draw already
   * @param {EventTarget} uses.events
   */
  constructor({ root, preferences, domains, table, isGuided, events }) {
    this.root = root;
    this.preferences = preferences;
    this.domains = domains;
    this.table = table;
    this.isGuided = isGuided;
    this.sheet = find(root, '.demo', SVGElement);
    this.lines = find(this.sheet, '.demo-lines', SVGElement);
    this.hand = find(this.sheet, '.demo-hand', SVGElement);
    this.picture = find(root, '.demo-picture', HTMLImageElement);
    /** @type {object | null} what is shown, or being loaded for that */
    this.wish = null;
    this.frame = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    for (const type of ['pointerdown', 'keydown', 'wheel']) {
      window.addEventListener(type, () => this.touched(), { capture: true, passive: true });
    }
    events.addEventListener('drawing-changed', () => !table.sketch.isEmpty && this.stop());
    this.rest();
  }

  /** Greets whoever has never been here. */
  greet() {
    if (!Demo.isKnown()) this.begin();
  }

  /** Nothing of this belongs over a drawing, a dialog, or a task. */
  get isFree() {
    const { preferences, table, root } = this;
    const isElsewhere = document.hidden || root.querySelector('dialog[open]') !== null;
    return !preferences.isStill && table.sketch.isEmpty && !this.isGuided() && !isElsewhere;
  }

  touched() {
    Demo.know();
    this.stop();
  }

  stop() {
    this.wish = null;
    cancelAnimationFrame(this.frame);
    this.sheet.toggleAttribute('hidden', true);
    this.picture.hidden = true;
    this.rest();
  }

  rest() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.begin(), Demo.IDLE);
  }

  async begin() {
    this.rest();
    const { chosen } = this.domains;
    const starter = chosen.starters.find(({ demo }) => demo);
    if (!starter || !this.isFree || this.wish) return;
    const wish = {};
    this.wish = wish;
    this.picture.src = 'demos/' + chosen.id + '.webp';
    const isThere = await this.picture.decode().then(
      () => true,
      () => false,
    );
    if (this.wish !== wish) return; // somebody has begun meanwhile
    this.wish = null;
    if (isThere && this.isFree) this.play(starter, wish);
  }

  /**
   * @param {Starter} starter
   * @param {object} wish
   */
  play(starter, wish) {
    Demo.know();
    this.wish = wish;
    const paths = starter.strokes.map((d) => {
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('d', d);
      return path;
    });
    this.lines.replaceChildren(...paths);
    this.sheet.toggleAttribute('hidden', false);
    const timetable = new Timetable(paths.map((path) => Demo.way(path)));
    const start = performance.now();
    /** @param {number} now */
    const step = (now) => {
      const time = now - start;
      if (time >= Demo.LASTS) return this.stop();
      this.draw(paths, timetable, time / Demo.DRAWS);
      this.frame = requestAnimationFrame(step);
    };
    step(start);
  }

  /**
   * @param {SVGPathElement[]} paths
   * @param {Timetable} timetable
   * @param {number} time
   */
  draw(paths, timetable, time) {
    const { stroke, part, isInAir, share } = timetable.at(time);
    paths.forEach((path, index) => {
      const isBegun = index < stroke || (index === stroke && !isInAir);
      path.style.visibility = isBegun ? 'visible' : 'hidden';
      const length = path.getTotalLength();
      const drawn = index < stroke ? length : length * part;
      path.style.strokeDasharray = drawn + ' ' + 2 * length;
    });
    const now = Demo.way(paths[stroke]);
    const { x, y } = paths[stroke].getPointAtLength(now.length * part);
    let place = [x, y];
    if (isInAir) {
      const { to } = Demo.way(paths[stroke - 1]);
      place = [0, 1].map((axis) => to[axis] + (now.from[axis] - to[axis]) * part);
    }
    this.hand.setAttribute('transform', 'translate(' + place.join(' ') + ')');
    this.show(Math.floor(share * Demo.STEPS + 1e-6));
  }

  /** @param {number} step 0 before there is anything to be seen */
  show(step) {
    this.picture.hidden = !step;
    this.picture.style.objectPosition = (100 * (step - 1)) / (Demo.STEPS - 1) + '% 0';
  }

  /**
   * @param {SVGPathElement} path
   * @returns {Way}
   */
  static way(path) {
    const length = path.getTotalLength();
    const [from, to] = [path.getPointAtLength(0), path.getPointAtLength(length)];
    return { length, from: [from.x, from.y], to: [to.x, to.y] };
  }

  static isKnown() {
    try {
      return localStorage.getItem(Demo.KEY) !== null;
    } catch {
      return true; // nothing can be kept: rather never than at every visit
    }
  }

  static know() {
    if (Demo.isKnown()) return;
    try {
      localStorage.setItem(Demo.KEY, new Date().toISOString());
    } catch {
      // Storage is full: then it is shown once more.
    }
  }
}

Demo.KEY = 'i-canvas-greeted';
Demo.STEPS = 6; // pictures in a strip, see docs/demos.py
Demo.DRAWS = 3300; // ms that the hand draws
Demo.LASTS = 4000; // ms until the paper is free again
Demo.IDLE = 60_000; // ms without a touch
