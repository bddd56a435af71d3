import { Dialog } from '../common/dialog.js';
import { Store } from '../common/store.js';
import { UndoBar } from '../common/undobar.js';
import { AlbumPage } from './albumpage.js';
import { Backup, BackupError } from './backup.js';
import { Book } from './book.js';
import { recordId } from './record.js';
import { thumbnail } from './thumbnail.js';

/** @import { Autosave } from './autosave.js' */
/** @import { Snapshots } from './snapshots.js' */
/** @import { Domains } from '../common/domains.js' */
/** @import { Kind } from '../common/store.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { SceneRecord } from '../scenes/scene.js' */
/** @import { AlbumRecord } from './record.js' */

/**
 * A record as the album lists it: of a drawing, or of a scene, which has its pieces instead.
 *
 * @typedef {AlbumRecord & {kind: 'drawings'}} ListedDrawing
 * @typedef {SceneRecord & {kind: 'scenes', name: string, domain?: undefined, drawing?: undefined}} ListedScene
 * @typedef {ListedDrawing | ListedScene} Listed
 * @typedef {(a: Listed, b: Listed) => number} Compare
 *
 * @typedef {{replay(record: ListedDrawing): void, scene(record: ListedScene): void}} Openers
 *   show a record elsewhere
 */

/** What was drawn and made here: a list to choose from, and behind it a page each, and the book. */
export class Album extends Dialog {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {Domains} uses.domains
   * @param {DrawingTable} uses.table
   * @param {Autosave} uses.autosave
   * @param {Snapshots} uses.snapshots
   * @param {EventTarget} uses.events
   * @param {Openers} uses.openers
   */
  constructor({ root, texts, domains, table, autosave, snapshots, events, openers }) {
    super('album', { root, texts });
    this.domains = domains;
    this.table = table;
    this.autosave = autosave;
    this.list = this.find('.album-cards');
    /** @type {Listed[]} */
    this.records = [];
    this.sort = 'changed';
    /** @type {string[]} of pictures that are shown, to be revoked */
    this.urls = [];
    this.undoBar = new UndoBar(this.find('.undo-bar'), texts);
    this.page = new AlbumPage(this, { table, autosave, snapshots, openers });
    this.book = new Book(this, events);
    /** @type {Object<string, () => unknown>} */
    this.deeds = {
      list: () => this.show(),
      book: () => this.book.show(),
      backup: () => this.try(() => Backup.save()),
      ...this.page.deeds,
      ...this.book.deeds,
    };
    this.dialog.addEventListener('click', ({ target }) => {
      this.click(/** @type {Element} */ (target).closest('button'));
    });
    this.dialog.addEventListener('cancel', (event) => this.back(event));
    const input = this.find('.backup-in', HTMLInputElement);
    input.addEventListener('change', () => this.restore(input));
  }

  async onOpen() {
    this.say(null);
    await this.try(() => this.autosave.save());
    await this.show();
  }

  onClose() {
    this.undoBar.hide();
    this.list.replaceChildren();
    this.dialog.removeAttribute('data-empty'); // not before it is known to be so again
    this.free();
  }

  /** @param {HTMLButtonElement | null} button */
  click(button) {
    if (!button) return;
    const { deed, sort, record } = button.dataset;
    if (deed) this.deeds[deed]();
    if (sort) this.sortBy(sort);
    const chosen = this.records.find(({ id }) => id === record);
    if (chosen) this.page.show(chosen);
  }

  /**
   * Escape goes back to the list first.
   * @param {Event} event
   */
  back(event) {
    if (event.target !== this.dialog || this.view === 'list') return;
    event.preventDefault();
    this.show();
  }

  get view() {
    return this.dialog.dataset.view;
  }

  /** @param {'list' | 'page' | 'book'} view */
  turn(view) {
    this.dialog.dataset.view = view;
    const title = view === 'book' ? 'book' : 'album';
    this.texts.write(this.find('h2'), () => this.texts.get(title));
    this.dialog.scrollTop = 0;
  }

  // --- the list ------------------------------------------------------------------------------

  async show() {
    const last = this.view === 'page' ? this.page.record?.id : undefined;
    this.turn('list');
    await this.try(async () => {
      this.records = await Album.records();
      this.draw();
      await this.measure();
    });
    if (last) this.cardOf(last)?.focus();
  }

  /**
   * @param {string} id
   * @returns {HTMLElement | null}
   */
  cardOf(id) {
    return this.list.querySelector('[data-record="' + CSS.escape(id) + '"]');
  }

  /**
   * Drawings and scenes; `kind` says where a record is kept.
   * @returns {Promise<Listed[]>}
   */
  static async records() {
    const kinds = /** @type {const} */ (['drawings', 'scenes']);
    const all = await Promise.all(kinds.map((kind) => Store.all(kind)));
    return all.flatMap((records, index) =>
      records.map((/** @type {object} */ record) => ({
        name: '',
        changed: 0,
        ...record,
        kind: kinds[index],
      })),
    );
  }

  draw() {
    this.free();
    this.records.sort(this.order());
    this.list.replaceChildren(...this.records.map((record) => this.card(record)));
    this.dialog.toggleAttribute('data-empty', this.records.length === 0);
    /** @type {NodeListOf<HTMLButtonElement>} */
    const sorts = this.dialog.querySelectorAll('[data-sort]');
    for (const button of sorts) {
      button.setAttribute('aria-pressed', String(button.dataset.sort === this.sort));
    }
  }

  /** @param {string} sort */
  sortBy(sort) {
    this.sort = sort;
    this.draw();
  }

  order() {
    /** @type {Compare} */
    const newest = (a, b) => b.changed - a.changed;
    /** @type {Object<string, (record: Listed) => string>} */
    const ways = {
      name: (record) => record.name || '\uffff', // those without a name come last
      kind: (record) => this.kindName(record),
    };
    const by = ways[this.sort];
    if (!by) return newest;
    /** @type {Compare} */
    const sorted = (a, b) => by(a).localeCompare(by(b), this.texts.language) || newest(a, b);
    return sorted;
  }

  /** @param {Listed} record */
  card(record) {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'album-card';
    button.dataset.record = record.id;
    button.toggleAttribute('data-kept', record.kept !== false);
    const title = () => record.name || this.kindName(record);
    const label = () => (record.kept ? title() + ', ' + this.texts.get('keep') : title());
    this.texts.write(button, label, 'aria-label');
    const picture = document.createElement('img');
    picture.alt = '';
    picture.src = this.url(record.picture);
    picture.hidden = !record.picture;
    button.append(picture, this.texts.write(document.createElement('span'), title));
    if (record.drawing) picture.after(thumbnail(record.drawing, 120));
    item.append(button);
    return item;
  }

  /** @param {{kind: Kind, domain?: string}} record */
  kindName({ kind, domain }) {
    if (kind === 'scenes') return this.texts.get('scene');
    const known = this.domains.find(domain);
    return known ? this.texts.title(known) : this.texts.get('picture');
  }

  /** @param {Blob | string | null | undefined} picture as a record has it: a string is a data URL */
  url(picture) {
    if (!(picture instanceof Blob)) return picture ?? '';
    const url = URL.createObjectURL(picture);
    this.urls.push(url);
    return url;
  }

  free() {
    for (const url of this.urls.splice(0)) URL.revokeObjectURL(url);
  }

  /** How many more drawings fit, in round numbers. */
  async measure() {
    const free = await Store.freeBytes();
    const drawings = this.records.filter((record) => record.kind === 'drawings').slice(0, 50);
    const sizes = drawings.map((record) => Backup.size(record));
    const each = Math.max(Album.USUAL, ...sizes);
    const words = () => (free === null ? '' : this.spaceFor(Math.floor(free / each)));
    this.texts.write(this.find('.album-space'), words);
  }

  /** @param {number} count */
  spaceFor(count) {
    if (count < 1) return this.texts.get('album_full');
    /** @type {Intl.NumberFormatOptions} */
    const style = { maximumSignificantDigits: 1, roundingMode: 'floor' };
    const format = new Intl.NumberFormat(this.texts.language, style);
    const n = format.format(Math.min(count, Album.MANY));
    if (count > Album.MANY) return this.texts.get('album_space_much', { n });
    return this.texts.count('album_space', count, { n });
  }

  // --- what can be done ----------------------------------------------------------------------

  /** The records that a book or a count is about: those with a heart, or all if there is none. */
  get chosen() {
    const kept = this.records.filter(({ kept }) => kept !== false);
    return kept.length ? kept : this.records;
  }

  /** @param {Listed} record */
  async remove(record) {
    const { kind, ...stored } = record;
    if (record.id === recordId(this.table)) this.autosave.forget();
    await this.try(() => Store.remove(kind, record.id));
    await this.show();
    this.undoBar.offer('removed', async () => {
      await this.try(() => Store.put(kind, stored));
      await this.show();
    });
    this.find('.undo-bar button').focus();
  }

  /** @param {HTMLInputElement} input */
  async restore(input) {
    const [file] = input.files ?? [];
    input.value = '';
    if (!file) return;
    await this.try(async () => {
      const { added, known } = await Backup.restore(file);
      await this.show();
      this.say(added ? 'backup_done' : 'backup_known', { n: added || known });
    });
  }

  /**
   * Does something with the storage; what goes wrong becomes a sentence.
   * @param {() => Promise<unknown>} work
   */
  async try(work) {
    try {
      await work();
    } catch (error) {
      console.warn(error);
      this.say(error instanceof BackupError ? error.key : Store.problem(error));
    }
  }

  /**
   * @param {string | null} key of a text; null if there is nothing to be said
   * @param {Object<string, unknown>} fields
   */
  say(key, fields = {}) {
    const note = this.find('.album-note');
    note.hidden = !key;
    this.texts.write(note, () => (key ? this.texts.get(key, fields) : ''));
  }
}

Album.MANY = 10000;
Album.USUAL = 200000; // bytes: a drawing, its picture and 24 snapshots
