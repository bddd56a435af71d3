import { find } from '../common/find.js';
import { whenIdle } from '../common/idle.js';
import { Store } from '../common/store.js';
import { isBlank } from './blank.js';
import { recordId } from './record.js';
import { Snapshots } from './snapshots.js';

/** @import { Toolbar } from '../app/toolbar.js' */
/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { Draft } from '../drawing/draft.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { Pending } from '../picture/pending.js' */
/** @import { PictureCard } from '../picture/picture.js' */
/** @import { AlbumRecord, Snapshot } from './record.js' */

/**
 * Puts the drawing on the table into the album: by itself when it comes to rest, and for good by
 * the heart. What came in by itself goes out again when there are more than `LOOSE` of that; a page
 * that is nearly white never comes in so.
 */
export class Autosave {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {DrawingTable} uses.table
   * @param {Draft} uses.draft
   * @param {PictureCard} uses.card
   * @param {Toolbar} uses.toolbar
   * @param {Pending} uses.pending
   * @param {Snapshots} uses.snapshots
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   */
  constructor({ root, table, draft, card, toolbar, pending, snapshots, spoken, events }) {
    this.table = table;
    this.draft = draft;
    this.card = card;
    this.toolbar = toolbar;
    this.pending = pending;
    this.snapshots = snapshots;
    this.spoken = spoken;
    this.events = events;
    this.button = find(root, '.button-heart');
    /** @type {Map<string, {kept?: boolean, changed: number}>} what this page last saw of records */
    this.known = new Map();
    /** @type {ReturnType<typeof setTimeout> | 0} */
    this.timer = 0;
    events.addEventListener('picture-changed', () => this.later());
    for (const event of ['drawing-changed', 'domain-changed'])
      events.addEventListener(event, () => this.show());
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && this.timer) this.save().catch(() => {});
    });
  }

  get actions() {
    return { keep: () => this.toggle() };
  }

  get isKept() {
    return this.known.get(recordId(this.table))?.kept === true;
  }

  show() {
    this.toolbar.enable('keep', this.card.hasPicture);
    this.button.setAttribute('aria-pressed', String(this.isKept));
  }

  later() {
    this.show();
    this.forget();
    if (!this.card.hasPicture) return;
    this.timer = setTimeout(() => whenIdle(() => this.save().catch(() => {})), Autosave.REST);
  }

  forget() {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  async toggle() {
    if (!this.card.hasPicture) return;
    const kept = !this.isKept;
    try {
      await this.save({ kept });
      this.spoken.say(kept ? 'kept' : 'kept_not');
      if (!kept) return;
      Store.persist();
      this.events.dispatchEvent(new Event('picture-kept'));
    } catch (error) {
      this.card.say(Store.problem(error), true);
    }
  }

  /**
   * Writes what is on the table; a picture that is about to change comes here again by itself.
   *
   * @param {{kept?: boolean}} changes
   * @returns {Promise<void>}
   */
  async save(changes = {}) {
    this.forget();
    const { card, table } = this;
    const { sketch } = table;
    const isAtRest = card.root.getAttribute('aria-busy') !== 'true' && !sketch.live;
    if (!card.hasPicture || this.pending.starter || (!isAtRest && !('kept' in changes))) return;
    const id = recordId(table);
    /** @type {Partial<AlbumRecord>} */
    const entry = { id, domain: table.domain.id, drawing: sketch.toJSON(), ...changes };
    const snapshots = this.snapshots.of(id);
    entry.picture = await (await fetch(card.picture.src)).blob();
    if (!changes.kept && (await isBlank(entry.picture))) return;
    const isNew = !this.known.has(id);
    let isTaken = false;
    const record = await Store.change('drawings', id, (before) => {
      isTaken = before !== undefined && !this.isMine(before);
      return isTaken ? null : this.merged(before, entry, snapshots);
    });
    if (isTaken) {
      this.leave(id);
      await this.save(changes);
      return;
    }
    this.know(record);
    if (isNew) await this.clear();
  }

  /**
   * Whether this page has seen the record as it is, so that it may write over it.
   * @param {AlbumRecord} record
   */
  isMine({ id, writer, changed }) {
    const { draft } = this;
    return [draft.id, draft.before].includes(writer) || this.known.get(id)?.changed === changed;
  }

  /**
   * Another tab draws on in the same record: this one goes on in its own.
   * @param {string} id
   */
  leave(id) {
    if (id !== recordId(this.table)) return;
    const snapshots = this.snapshots.of(id);
    this.table.sketch.fork();
    this.snapshots.put(recordId(this.table), snapshots);
    this.table.store();
  }

  /**
   * @param {AlbumRecord | undefined} before
   * @param {Partial<AlbumRecord>} entry
   * @param {Snapshot[]} snapshots
   */
  merged(before, entry, snapshots) {
    const now = Date.now();
    const merged = { name: '', kept: false, made: now, changed: now, ...before, ...entry };
    merged.moments = Snapshots.joined(before?.moments, snapshots);
    merged.writer = this.draft.id;
    // A drawing that is only looked at again stays where it is in the album.
    const isSame = before && JSON.stringify(before.drawing) === JSON.stringify(entry.drawing);
    return isSame ? merged : { ...merged, changed: now };
  }

  /** @param {{id: string, kept?: boolean, changed: number}} record */
  know({ id, kept, changed }) {
    this.known.set(id, { kept, changed });
    this.show();
  }

  /** Takes out the oldest of what came in by itself. */
  async clear() {
    /** @type {AlbumRecord[]} */
    const all = await Store.all('drawings');
    const loose = all.filter(({ kept, name }) => !kept && !name);
    loose.sort((a, b) => b.changed - a.changed);
    for (const { id } of loose.slice(Autosave.LOOSE)) await Store.remove('drawings', id);
  }
}

Autosave.REST = 1200; // ms after the last picture
Autosave.LOOSE = 24;
