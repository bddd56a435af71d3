import { find } from '../common/find.js';
import { Hand } from './hand.js';
import { Layers } from './layers.js';
import { WIDTHS } from './pens.js';
import { Sketch } from './sketch.js';
import { Starters } from './starters.js';
import { View } from './view.js';

/** @import { Toolbar } from '../app/toolbar.js' */
/** @import { Domain, Domains } from '../common/domains.js' */
/** @import { Preferences } from '../common/preferences.js' */
/** @import { Pending } from '../picture/pending.js' */
/** @import { Draft } from './draft.js' */
/** @import { Contact } from './pointers.js' */
/** @import { Drawing, Stroke } from './sketch.js' */

/**
 * The drawing table: the drawing, the domain it is drawn for, and all that changes either.
 *
 * Its events: 'drawing-changed', 'drawing-resumed' (whoever draws goes on after waiting for something
 * else), 'line-ended' (after the change that it is) and 'domain-changed'.
 */
export class DrawingTable {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.paper
   * @param {Toolbar} uses.toolbar
   * @param {Preferences} uses.preferences
   * @param {Domains} uses.domains
   * @param {Draft} uses.draft
   * @param {Pending} uses.pending
   * @param {EventTarget} uses.events
   */
  constructor({ paper, toolbar, preferences, domains, draft, pending, events }) {
    this.paper = paper;
    this.toolbar = toolbar;
    this.preferences = preferences;
    this.domains = domains;
    this.draft = draft;
    this.pending = pending;
    this.events = events;
    this.sketch = new Sketch();
    this.view = new View();
    this.sheet = find(paper, '.sheet');
    this.screen = new Layers(
      find(paper, '.lines', HTMLCanvasElement),
      find(paper, '.hints', HTMLCanvasElement),
    );
    const tail = find(paper, '.tail', HTMLCanvasElement);
    this.tail = new Layers(tail, tail);
    this.model = Layers.offscreen(DrawingTable.MODEL_SIDE, DrawingTable.MODEL_LINE);
    this.flat = Layers.offscreen(DrawingTable.MODEL_SIDE, DrawingTable.MODEL_LINE).lines;
    /** @type {Object<string, number>} how many starters of a domain have been shown */
    this.seenStarters = {};
    new Hand(paper, {
      begin: ({ isEraser }) => this.begin(isEraser),
      move: (contact) => this.follow(contact),
      end: (contact) => {
        this.follow(contact);
        this.end();
      },
      drop: () => this.drop(),
      tap: (fingers) => this.tap(fingers),
      pinch: (pair, isFirst) => this.pinch(pair, isFirst),
      released: () => this.look(() => this.view.settle()),
    });
    new ResizeObserver(() => this.fit()).observe(paper);
    this.watchResolution();
  }

  get actions() {
    return {
      undo: () => this.step(() => this.sketch.undo()),
      redo: () => this.step(() => this.sketch.redo()),
      clear: () => this.clear(),
      surprise: () => this.surprise(),
      whole: () => this.look(() => this.view.whole()),
    };
  }

  get domain() {
    return this.domains.chosen;
  }

  // --- a line --------------------------------------------------------------------------------

  /** @param {boolean} erasing */
  begin(erasing) {
    this.goOn();
    this.settle();
    this.fit();
    const { kind, width, color } = this.toolbar.pen;
    if (erasing) this.sketch.begin('erase', width, null);
    else this.sketch.begin(kind, width, color);
  }

  /**
   * Measured at every move: in the middle of a line, the page may have been turned, scrolled or
   * zoomed, and not every browser tells of another monitor.
   * @param {Contact} contact
   */
  follow({ x, y, pressure }) {
    this.fit();
    const { left, top, width, height } = this.sheet.getBoundingClientRect();
    this.move((x - left) / width, (y - top) / height, pressure);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} pressure
   * @param {number} [smoothing] part of the way that a line lags behind a trembling hand
   */
  move(x, y, pressure, smoothing) {
    const live = this.sketch.live;
    if (!live) return;
    const lag = smoothing ?? (live.kind === 'line' ? DrawingTable.SMOOTHING : 0);
    const isFar = this.sketch.extend(x, y, pressure, lag);
    this.showTail();
    if (!isFar) return;
    for (const layers of [this.screen, this.model]) layers.grow(live);
    this.changed();
  }

  /** @param {boolean} isByHand */
  end(isByHand = true) {
    if (!this.sketch.live) return;
    this.sketch.end(isByHand);
    this.redraw();
    this.announce('line-ended');
    this.store();
  }

  /** Takes back a line that was not meant as one. */
  drop() {
    if (!this.sketch.live) return;
    this.sketch.drop();
    this.redraw();
  }

  /** The line up to the hand: on a layer of its own, since the smoothed line goes another way. */
  showTail() {
    const { tail } = this.sketch;
    this.tail.redraw(tail?.kind === 'line' ? [tail] : []);
  }

  // --- several fingers -----------------------------------------------------------------------

  /** @param {number} fingers */
  tap(fingers) {
    if (fingers === 2) this.actions.undo();
    else this.actions.redo();
  }

  /**
   * @param {[Contact, Contact]} pair
   * @param {boolean} isFirst
   */
  pinch(pair, isFirst) {
    const frame = this.paper.getBoundingClientRect();
    if (isFirst) this.view.begin(pair, frame);
    this.view.pinch(pair, frame);
    this.showView();
  }

  /** @param {() => void} change of the view */
  look(change) {
    change();
    this.showView();
    this.fit();
  }

  showView() {
    const { isWhole } = this.view;
    this.sheet.style.transform = isWhole ? '' : String(this.view);
    find(this.paper, '.whole').hidden = isWhole;
  }

  // --- the whole drawing ---------------------------------------------------------------------

  /** Whoever draws on wants the drawing, not what is still on its way. */
  goOn() {
    this.pending.drop('variants', 'photo', 'paper', 'gray');
    this.announce('drawing-resumed');
  }

  /** Finishes a starter that is still being drawn. */
  settle() {
    if (!this.pending.starter) return;
    this.pending.starter();
    this.pending.starter = null;
    this.redraw();
  }

  /** @param {() => void} change */
  step(change) {
    if (this.sketch.live) return;
    this.goOn();
    this.settle();
    change();
    this.redraw();
    this.store();
  }

  /** An empty sheet; undo brings back what was there. */
  clear() {
    this.actions.whole();
    if (!this.sketch.isEmpty) this.step(() => this.sketch.replace());
  }

  surprise() {
    if (this.sketch.live) return;
    const all = this.domain.starters;
    if (!all.length) return;
    this.goOn();
    this.settle();
    const { id } = this.domain;
    const seen = this.seenStarters[id] ?? Math.floor(Math.random() * all.length);
    this.seenStarters[id] = seen + 1;
    this.place(Starters.strokes(all[seen % all.length], WIDTHS.pen[1]));
  }

  /**
   * Starts over with strokes that were not drawn here, and shows them growing.
   * @param {Stroke[]} strokes
   */
  place(strokes) {
    this.actions.whole();
    this.sketch.replace(strokes);
    this.store();
    if (this.preferences.isStill) {
      this.redraw();
      return;
    }
    const both = [this.screen, this.model];
    for (const layers of both) layers.redraw([]);
    this.pending.starter = Starters.play(
      strokes,
      both,
      () => this.changed(),
      () => {
        this.pending.starter = null;
        this.redraw();
      },
    );
  }

  /**
   * Takes up a drawing that was kept; undo brings back what was on the sheet.
   * @param {Drawing} drawing
   * @param {string} domain
   */
  open(drawing, domain) {
    this.goOn();
    this.settle();
    this.actions.whole();
    this.sketch.open(drawing);
    this.redraw();
    this.choose(this.domains.find(domain) ?? this.domain);
  }

  /**
   * Another kind of picture from the same drawing.
   * @param {Domain} domain
   */
  choose(domain) {
    this.domains.chosen = domain;
    this.toolbar.enable('surprise', domain.starters.length > 0);
    this.store();
    this.announce('domain-changed');
  }

  // --- what is seen of it --------------------------------------------------------------------

  redraw() {
    for (const layers of [this.screen, this.model]) layers.redraw(this.sketch.strokes);
    this.showTail();
    this.changed();
  }

  /** As many pixels as the screen shows, also of a paper that is seen from near. */
  fit() {
    const whole = this.paper.clientWidth * Math.min(window.devicePixelRatio, 3);
    const side = Math.round(
      Math.max(whole, Math.min(whole * this.view.zoom, DrawingTable.LARGEST)),
    );
    if (!side || side === this.screen.side) return;
    for (const layers of [this.screen, this.tail]) layers.resize(side);
    this.showTail();
    this.screen.redraw(this.sketch.strokes);
    if (this.sketch.live) this.screen.grow(this.sketch.live);
  }

  /** Another monitor, or the browser's own zoom, has other pixels. */
  watchResolution() {
    const now = window.matchMedia('(resolution: ' + window.devicePixelRatio + 'dppx)');
    const changed = () => {
      this.fit();
      this.watchResolution();
    };
    now.addEventListener('change', changed, { once: true });
  }

  changed() {
    const { isEmpty, canUndo, canRedo } = this.sketch;
    this.paper.dataset.state = isEmpty ? 'empty' : 'drawn';
    this.toolbar.enable('undo', canUndo);
    this.toolbar.enable('redo', canRedo);
    this.toolbar.enable('clear', !isEmpty);
    this.announce('drawing-changed');
  }

  /** @param {string} event */
  announce(event) {
    this.events.dispatchEvent(new Event(event));
  }

  /** What the server is asked for; null if there is nothing to draw from. */
  request() {
    if (!this.sketch.hasMarks) return null;
    const { MODEL_SIDE } = DrawingTable;
    this.flat.fillStyle = '#ffffff';
    this.flat.fillRect(0, 0, MODEL_SIDE, MODEL_SIDE);
    this.flat.drawImage(this.model.lines.canvas, 0, 0);
    return {
      kind: 'draw',
      domain: this.domain.id,
      drawing: this.flat.canvas.toDataURL(),
      hints: this.sketch.hasHints ? this.model.hints.canvas.toDataURL() : '',
      ...this.sketch.colours,
    };
  }

  // --- keeping it, see draft.js --------------------------------------------------------------

  store() {
    this.draft.store(this.domain.id, this.sketch);
  }

  /** Goes on with what this tab was drawing, or else with what a closed one was. */
  async restore() {
    const own = this.draft.own();
    this.domains.chosen = this.domains.find(own?.domain) ?? this.domain;
    this.sketch.restore(own?.drawing);
    if (own) return;
    const orphan = await this.draft.rescue(() => this.sketch.isEmpty && !this.sketch.canUndo);
    if (orphan) {
      this.sketch.restore(orphan.drawing);
      this.redraw();
      this.choose(this.domains.find(orphan.domain) ?? this.domain);
      this.draft.flush(); // at once: the next new tab is to find the next drawing
    }
    this.paper.dataset.sought = '';
  }
}

// What the server sees: its side in pixels, that of the picture, and the width of lines as a part
// of it.
DrawingTable.MODEL_SIDE = 512;
DrawingTable.MODEL_LINE = 2 / 256;
DrawingTable.SMOOTHING = 0.35;
DrawingTable.LARGEST = 2048; // px a side of the paper seen from near: three layers in memory
