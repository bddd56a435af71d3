import { Domains } from '../common/domains.js';
import { find } from '../common/find.js';
import { whenIdle } from '../common/idle.js';
import { LiveRegion } from '../common/liveregion.js';
import { Preferences } from '../common/preferences.js';
import { Texts } from '../common/texts.js';
import { Draft } from '../drawing/draft.js';
import { DrawingTable } from '../drawing/table.js';
import { Pending } from '../picture/pending.js';
import { PictureCard } from '../picture/picture.js';
import { watchRefusals } from '../picture/refusals.js';
import { Save } from '../picture/save.js';
import { Server } from '../picture/server.js';
import { DomainRow } from './domainrow.js';
import { Shortcuts } from './shortcuts.js';
import { Toolbar } from './toolbar.js';

/** @import { Domain } from '../common/domains.js' */
/** @import { Answer, Drawn, Failing, Line } from '../picture/server.js' */

/**
 * What makes pictures in the browser: the address of its files, the domains that a server can draw,
 * too, and whether it has what the graphics processor takes.
 *
 * @typedef {{folder: string, domains: string[], gpu: boolean}} EngineSettings
 */
/**
 * What `settings` in assets.py gives the page.
 *
 * @typedef {object} PageSettings
 * @property {Object<string, Object<string, string>>} texts by language, then by key
 * @property {Domain[]} domains
 * @property {string} start the id of the first one
 * @property {string[]} backgrounds of scenes
 * @property {boolean} classroom whether the page is a pupil's
 * @property {EngineSettings | null} engine null if the server has none
 * @property {boolean} faces whether the server can hide the faces in photos
 */

/**
 * What every feature of the page may build on: makes the drawing table and the picture beside it,
 * and keeps the picture up with the drawing.
 *
 * Its events: 'picture-changed' (a picture is shown, is another one, or is gone) and 'picture-saved',
 * whose `detail` is the action of the button.
 */
export class App {
  /**
   * @param {HTMLElement} root
   * @param {PageSettings} settings
   * @param {(preferences: Preferences, failing: Failing) => Line} connect the way to who makes the
   *   pictures
   * @param {(action: string) => void} act does what a button or a key is for
   */
  constructor(root, settings, connect, act) {
    this.root = root;
    this.surface = find(root, '.i-canvas');
    this.paper = find(root, '.paper');
    this.events = new EventTarget();
    this.preferences = new Preferences(this.surface, settings.classroom);
    this.texts = new Texts(settings.texts, this.preferences.language);
    this.spoken = new LiveRegion(find(root, '.spoken'), this.texts);
    this.domains = new Domains(settings.domains, settings.start);
    this.canHideFaces = settings.faces;
    this.draft = new Draft();
    this.card = new PictureCard(root, this.texts);
    this.toolbar = new Toolbar(this.surface, this.texts, act);
    const line = connect(this.preferences, {
      refused: () => this.server.failed(),
      broken: () => this.server.broken(),
    });
    this.server = new Server(line, {
      request: () => this.table.request(),
      answer: (answer) => this.answer(answer),
      lost: () => this.card.say('error_connection'),
      back: () => this.card.say(null),
      refused: () => this.card.say('error_refused'),
      slow: (isSlow) => this.card.showSlow(isSlow),
      busy: (isBusy) => this.card.root.setAttribute('aria-busy', String(isBusy)),
    });
    watchRefusals(() => this.server.failed());
    this.pending = new Pending(this.server);
    this.table = new DrawingTable({
      paper: this.paper,
      toolbar: this.toolbar,
      preferences: this.preferences,
      domains: this.domains,
      draft: this.draft,
      pending: this.pending,
      events: this.events,
    });
    this.row = new DomainRow(root, this.texts, this.preferences, this.domains.all, (domain) =>
      this.table.choose(domain),
    );
    new Shortcuts(this.toolbar, act);
    this.listen();
    /** @type {Promise<void>} until what an earlier visit drew is there, or is not to be found */
    this.sought = this.start();
  }

  listen() {
    this.events.addEventListener('drawing-resumed', () => {
      if (this.card.isKept) this.card.say(null);
    });
    this.events.addEventListener('drawing-changed', () => {
      if (!this.table.sketch.hasMarks) this.hidePicture();
      this.server.update();
    });
    this.events.addEventListener('line-ended', () => this.server.hurry());
    this.events.addEventListener('domain-changed', () => {
      this.row.mark(this.domains.chosen);
      this.server.update();
    });
    this.events.addEventListener('picture-changed', () => {
      const { hasPicture, isColoured } = this.card;
      for (const action of ['look', 'save', 'both', 'enlarge']) {
        this.toolbar.enable(action, hasPicture);
      }
      this.toolbar.enable('another', hasPicture && !isColoured);
    });
  }

  start() {
    const sought = this.table.restore();
    this.table.choose(this.table.domain);
    this.texts.apply(this.root);
    this.table.redraw();
    this.surface.dataset.ready = '';
    return sought.then(() => {
      this.surface.dataset.sought = '';
      whenIdle(() => this.server.line.prepare?.(this.domains.chosen.id));
    });
  }

  get actions() {
    return {
      ...this.table.actions,
      save: () => this.saved('save', () => Save.picture(this.card.picture, this.fileName(''))),
      both: () => this.saved('both', () => this.saveBoth(this.fileName('-both'))),
      help: () => find(this.root, '.help', HTMLDialogElement).showModal(),
      close: () => this.closeDialog(),
    };
  }

  // --- the picture ---------------------------------------------------------------------------

  /** @param {Answer<Drawn>} answer to a request for the drawing */
  answer(answer) {
    if (!this.table.sketch.hasMarks) return; // it was on its way when everything was undone
    if (!answer.error) {
      this.card.show(answer);
    } else if (answer.error.code === 'empty_drawing') {
      this.card.empty(); // all that was drawn has been rubbed out
    } else {
      this.card.fail(answer.error);
    }
    this.events.dispatchEvent(new Event('picture-changed'));
  }

  hidePicture() {
    this.card.empty();
    this.events.dispatchEvent(new Event('picture-changed'));
  }

  /** @param {string} part of the name that says what is in the file */
  fileName(part) {
    return 'i-canvas-' + (this.card.isColoured ? 'photo' : this.table.domain.id) + part + '.png';
  }

  /**
   * @param {string} action
   * @param {() => Promise<void>} save
   */
  async saved(action, save) {
    if (!this.card.hasPicture) return;
    await save();
    this.events.dispatchEvent(new CustomEvent('picture-saved', { detail: action }));
  }

  /** @param {string} name */
  saveBoth(name) {
    const { picture, edges, isColoured } = this.card;
    if (isColoured) return Save.photos(edges, picture, name);
    const style = getComputedStyle(this.paper);
    return Save.both(this.table.sketch.strokes, picture, name, {
      background: style.getPropertyValue('--sheet'),
      hintOpacity: Number(style.getPropertyValue('--hint-opacity')),
    });
  }

  // --- dialogs -------------------------------------------------------------------------------

  /** Closes the one that was opened last. */
  closeDialog() {
    /** @type {NodeListOf<HTMLDialogElement>} */
    const open = this.root.querySelectorAll('dialog[open]');
    [...open].at(-1)?.close();
  }
}
