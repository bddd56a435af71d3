import { Preferences } from '../common/preferences.js';
import { Texts } from '../common/texts.js';
import { Draft } from '../drawing/draft.js';
import { Layers } from '../drawing/layers.js';
import { WIDTHS } from '../drawing/pens.js';
import { PointerTrack } from '../drawing/pointer.js';
import { Sketch } from '../drawing/sketch.js';
import { Starters } from '../drawing/starters.js';
import { Enlarger } from '../picture/enlarger.js';
import { ImportDialog } from '../picture/importdialog.js';
import { Pending } from '../picture/pending.js';
import { PhotoImport } from '../picture/photoimport.js';
import { PictureCard } from '../picture/picture.js';
import { Save } from '../picture/save.js';
import { Server } from '../picture/server.js';
import { Variants } from '../picture/variants.js';
import { DomainRow } from './domains.js';
import { Shortcuts } from './shortcuts.js';
import { Toolbar } from './toolbar.js';

/**
 * The page: puts the parts together and says what every button does.
 *
 * Its events: 'drawing-changed', 'picture-changed' (one is shown, or is gone), 'domain-changed' and
 * 'language-changed'.
 */
export class App extends EventTarget {
  /**
   * @param {HTMLElement} root
   * @param settings as `settings` in assets.py gives them
   * @param {(request) => void} send gives a request to the server
   * @param {(action: string) => void} act does what a button or a key is for
   */
  constructor(root, settings, send, act) {
    super();
    this.root = root;
    this.settings = settings;
    this.domains = settings.domains;
    this.start = settings.start;
    this.preferences = new Preferences(root.querySelector('.i-canvas'));
    this.texts = new Texts(settings.texts, this.preferences.language);
    this.sketch = new Sketch();
    this.draft = new Draft();
    this.seenStarters = {};

    /** @returns {any} */
    const find = (selector) => root.querySelector(selector);
    /** @type {HTMLElement} */
    this.surface = find('.i-canvas');
    /** @type {HTMLDialogElement} */
    this.help = find('.help');
    this.paper = find('.paper');
    this.screen = new Layers(find('.lines'), find('.hints'));
    this.model = Layers.offscreen(App.MODEL_SIDE, App.MODEL_LINE);
    this.flat = Layers.offscreen(App.MODEL_SIDE, App.MODEL_LINE).lines;
    this.card = new PictureCard(find('.picture'), this.texts);
    this.toolbar = new Toolbar(this.surface, this.texts, act);
    this.server = new Server(send, {
      request: () => this.request(),
      answer: (answer) => this.answer(answer),
      lost: () => this.card.say('error_connection'),
      back: () => this.card.say(null),
      busy: (isBusy) => this.card.root.setAttribute('aria-busy', String(isBusy)),
    });
    this.pending = new Pending(this.server);
    this.enlarger = new Enlarger(
      find('.button-enlarge'),
      this.pending,
      (key) => this.speak(key),
      (error) => this.card.failTo('enlarge', error),
    );
    this.variants = new Variants(this);
    this.photoImport = new PhotoImport(this);
    this.importDialog = new ImportDialog(root, this.texts, (kind, file) =>
      this.photoImport.begin(kind, file),
    );
    new Shortcuts(this.toolbar, act);
    new PointerTrack(this.paper, {
      begin: (erasing) => this.begin(erasing),
      move: (x, y, pressure) => this.move(x, y, pressure),
      end: () => this.end(),
    });
    new ResizeObserver(() => this.fit()).observe(this.paper);

    this.restore();
    this.row = new DomainRow(root, this.texts, this.preferences, this.domains, (domain) =>
      this.choose(domain),
    );
    this.choose(this.domain ?? this.domains.find(({ id }) => id === this.start));
    this.texts.apply(root);
    this.redraw();
    this.surface.dataset.ready = '';
  }

  // --- drawing -------------------------------------------------------------------------------

  begin(erasing) {
    this.goOn();
    this.settle();
    const { tool, width, color } = this.toolbar;
    const kind = erasing ? 'erase' : { pen: 'line', colour: 'hint', eraser: 'erase' }[tool];
    this.sketch.begin(kind, width, kind === 'hint' ? color : null);
  }

  /** @param {number} smoothing part of the way that a trembling hand lags behind */
  move(x, y, pressure, smoothing = 0.35) {
    const live = this.sketch.live;
    if (!live || !this.sketch.extend(x, y, pressure, smoothing)) return;
    for (const layers of [this.screen, this.model]) layers.grow(live);
    this.changed();
  }

  end() {
    if (!this.sketch.live) return;
    this.sketch.end();
    this.redraw();
    this.store();
  }

  /** Finishes a starter that is still being drawn. */
  settle() {
    const { starter } = this.pending;
    if (!starter) return;
    starter();
    this.pending.starter = null;
    this.redraw();
  }

  redraw() {
    for (const layers of [this.screen, this.model]) layers.redraw(this.sketch.strokes);
    this.changed();
  }

  fit() {
    const side = Math.round(this.paper.clientWidth * Math.min(window.devicePixelRatio, 3));
    if (!side || side === this.screen.side) return;
    this.screen.resize(side);
    this.screen.redraw(this.sketch.strokes);
    if (this.sketch.live) this.screen.grow(this.sketch.live);
  }

  changed() {
    this.variants.close();
    const isEmpty = this.sketch.isEmpty;
    this.paper.dataset.state = isEmpty ? 'empty' : 'drawn';
    this.toolbar.enable('undo', this.sketch.canUndo);
    this.toolbar.enable('redo', this.sketch.canRedo);
    this.toolbar.enable('clear', !isEmpty);
    if (!this.sketch.hasLines) this.hidePicture();
    this.server.update();
    this.announce('drawing-changed');
  }

  // --- picture -------------------------------------------------------------------------------

  /** What the server is asked for; null if there is nothing to draw from. */
  request() {
    if (!this.sketch.hasLines) return null;
    this.flat.fillStyle = '#ffffff';
    this.flat.fillRect(0, 0, App.MODEL_SIDE, App.MODEL_SIDE);
    this.flat.drawImage(this.model.lines.canvas, 0, 0);
    return {
      kind: 'draw',
      domain: this.domain.id,
      drawing: this.flat.canvas.toDataURL(),
      hints: this.sketch.hasHints ? this.model.hints.canvas.toDataURL() : '',
      ...this.sketch.colours,
    };
  }

  answer(answer) {
    if (!this.sketch.hasLines) return; // it was on its way when everything was undone
    if (!answer.error) {
      this.card.show(answer);
    } else if (answer.error.code === 'empty_drawing') {
      this.hidePicture(); // all that was drawn has been rubbed out, or is only a dot so far
    } else {
      this.card.fail(answer.error);
    }
    this.enableSaving();
  }

  hidePicture() {
    this.card.empty();
    this.enableSaving();
  }

  enableSaving() {
    const { hasPicture, isColoured } = this.card;
    for (const action of ['save', 'both', 'enlarge']) this.toolbar.enable(action, hasPicture);
    this.toolbar.enable('another', hasPicture && !isColoured);
    this.announce('picture-changed');
  }

  // --- buttons -------------------------------------------------------------------------------

  announce(event) {
    this.dispatchEvent(new Event(event));
  }

  get actions() {
    const name = (part) => {
      return 'i-canvas-' + (this.card.isColoured ? 'photo' : this.domain.id) + part + '.png';
    };
    return {
      undo: () => this.step(() => this.sketch.undo()),
      redo: () => this.step(() => this.sketch.redo()),
      clear: () => this.clear(),
      surprise: () => this.surprise(),
      another: () => this.variants.ask(),
      photo: () => this.importDialog.open('photo'),
      paper: () => this.importDialog.open('paper'),
      gray: () => this.importDialog.open('gray'),
      save: () => this.card.hasPicture && Save.picture(this.card.picture, name('')),
      both: () => this.card.hasPicture && this.saveBoth(name('-both')),
      enlarge: () => this.enlarge(name('-big')),
      help: () => this.help.showModal(),
      close: () => this.closeDialog(),
    };
  }

  /** Closes the one that was opened last. */
  closeDialog() {
    /** @type {NodeListOf<HTMLDialogElement>} */
    const open = this.root.querySelectorAll('dialog[open]');
    [...open].at(-1).close();
  }

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

  /** Starts over with strokes that were not drawn here, and shows them growing. */
  place(strokes) {
    this.sketch.replace(strokes);
    this.store();
    if (this.preferences.isStill) {
      this.redraw();
      return;
    }
    const layers = [this.screen, this.model];
    for (const each of layers) each.redraw([]);
    this.pending.starter = Starters.play(
      strokes,
      layers,
      () => this.changed(),
      () => {
        this.pending.starter = null;
        this.redraw();
      },
    );
  }

  enlarge(name) {
    if (this.pending.has('enlarge') || !this.card.hasPicture) return;
    this.goOn();
    this.enlarger.ask(this.card.picture.src, name);
  }

  saveBoth(name) {
    if (this.card.isColoured) return Save.photos(this.card.edges, this.card.picture, name);
    const style = getComputedStyle(this.paper);
    return Save.both(this.sketch.strokes, this.card.picture, name, {
      background: style.getPropertyValue('--sheet'),
      hintOpacity: Number(style.getPropertyValue('--hint-opacity')),
    });
  }

  /** Whoever draws on wants the drawing, not what is still on its way. */
  goOn() {
    if (this.pending.has('variants')) this.variants.close();
    if (this.card.isKept) this.card.say(null);
    this.pending.drop('photo', 'paper', 'gray');
  }

  /** Tells those who do not see the page. */
  speak(key) {
    this.root.querySelector('.spoken').textContent = key ? this.texts.get(key) : '';
  }

  // --- domains -------------------------------------------------------------------------------

  /** Another kind of picture from the same drawing. */
  choose(domain) {
    this.domain = domain;
    this.row.mark(domain);
    this.variants.close();
    this.toolbar.enable('surprise', domain.starters.length > 0);
    this.store();
    this.server.update();
    this.announce('domain-changed');
  }

  // --- keeping the drawing, see draft.js ---------------------------------------------------------

  store() {
    this.draft.store(this.domain.id, this.sketch);
  }

  restore() {
    const stored = this.draft.own();
    this.domain = this.domains.find(({ id }) => id === stored?.domain);
    this.sketch.restore(stored?.drawing);
    if (stored) return;
    this.draft.rescue(this).then(() => {
      this.surface.dataset.sought = '';
    });
  }

  /** Takes up a drawing that was kept; undo brings back what was on the sheet. */
  open(drawing, domain) {
    this.goOn();
    this.settle();
    this.sketch.open(drawing);
    this.redraw();
    this.choose(this.domains.find(({ id }) => id === domain) ?? this.domain);
  }
}

// What the model sees: its side in pixels, and the width of lines as a part of it.
App.MODEL_SIDE = 256;
App.MODEL_LINE = 2 / 256;
