import { whenIdle } from '../common/idle.js';
import { Store } from '../common/store.js';
import { recordId } from './record.js';
import { Snapshots } from './snapshots.js';

/** @import { AlbumRecord } from './record.js' */
/** @import { App } from '../app/app.js' */

/**
 * Puts the drawing on the table into the album: by itself when it comes to rest, and for good by
 * the heart. What came in by itself goes out again when there are more than `LOOSE` of that.
 */
export class Autosave {
  /**
   * @param {App} app
   * @param {Snapshots} snapshots
   */
  constructor(app, snapshots) {
    this.app = app;
    this.snapshots = snapshots;
    this.button = app.root.querySelector('.button-heart');
    this.known = new Map(); // what this page last saw of a record: {kept, changed}
    this.timer = 0;
    app.addEventListener('picture-changed', () => this.later());
    for (const event of ['drawing-changed', 'domain-changed'])
      app.addEventListener(event, () => this.show());
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && this.timer) this.save().catch(() => {});
    });
  }

  get actions() {
    return { keep: () => this.toggle() };
  }

  get isKept() {
    return this.known.get(recordId(this.app))?.kept === true;
  }

  show() {
    this.app.toolbar.enable('keep', this.app.card.hasPicture);
    this.button.setAttribute('aria-pressed', String(this.isKept));
  }

  later() {
    this.show();
    this.forget();
    if (!this.app.card.hasPicture) return;
    this.timer = setTimeout(() => whenIdle(() => this.save().catch(() => {})), Autosave.REST);
  }

  forget() {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  async toggle() {
    if (!this.app.card.hasPicture) return;
    const kept = !this.isKept;
    try {
      await this.save({ kept });
      this.app.speak(kept ? 'kept' : 'kept_not');
      if (kept) Store.persist();
    } catch (error) {
      this.app.card.say(Store.problem(error), true);
    }
  }

  /** Writes what is on the table; a picture that is about to change comes here again by itself. */
  async save(changes = {}) {
    this.forget();
    const { app } = this;
    const { card, sketch } = app;
    const isAtRest = card.root.getAttribute('aria-busy') !== 'true' && !sketch.live;
    if (!card.hasPicture || app.pending.starter || (!isAtRest && !('kept' in changes))) return;
    const id = recordId(app);
    /** @type {Partial<AlbumRecord>} */
    const entry = { id, domain: app.domain.id, drawing: sketch.toJSON(), ...changes };
    const snapshots = this.snapshots.of(id);
    entry.picture = await (await fetch(card.picture.src)).blob();
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

  /** Whether this page has seen the record as it is, so that it may write over it. */
  isMine({ id, writer, changed }) {
    const { draft } = this.app;
    return [draft.id, draft.before].includes(writer) || this.known.get(id)?.changed === changed;
  }

  /** Another tab draws on in the same record: this one goes on in its own. */
  leave(id) {
    if (id !== recordId(this.app)) return;
    const snapshots = this.snapshots.of(id);
    this.app.sketch.fork();
    this.snapshots.put(recordId(this.app), snapshots);
    this.app.store();
  }

  merged(before, entry, snapshots) {
    const now = Date.now();
    const merged = { name: '', kept: false, made: now, changed: now, ...before, ...entry };
    merged.moments = Snapshots.joined(before?.moments, snapshots);
    merged.writer = this.app.draft.id;
    // A drawing that is only looked at again stays where it is in the album.
    const isSame = before && JSON.stringify(before.drawing) === JSON.stringify(entry.drawing);
    return isSame ? merged : { ...merged, changed: now };
  }

  know({ id, kept, changed }) {
    this.known.set(id, { kept, changed });
    this.show();
  }

  /** Takes out the oldest of what came in by itself. */
  async clear() {
    const loose = (await Store.all('drawings')).filter(({ kept, name }) => !kept && !name);
    loose.sort((a, b) => b.changed - a.changed);
    for (const { id } of loose.slice(Autosave.LOOSE)) await Store.remove('drawings', id);
  }
}

Autosave.REST = 1200; // ms after the last picture
Autosave.LOOSE = 24;
