import { whenIdle } from '../common/idle.js';
import { Store } from '../common/store.js';
import { recordId } from './record.js';
import { Snapshots } from './snapshots.js';

/** @import { AlbumRecord } from './record.js' */
/** @import { Studio } from '../app/studio.js' */

/**
 * Puts the drawing on the table into the album: by itself when it comes to rest, and for good by
 * the heart. What came in by itself goes out again when there are more than `LOOSE` of that.
 */
export class Autosave {
  /**
   * @param {Studio} studio
   * @param {Snapshots} snapshots
   */
  constructor(studio, snapshots) {
    this.studio = studio;
    this.snapshots = snapshots;
    this.button = studio.root.querySelector('.button-heart');
    this.known = new Map(); // what this page last saw of a record: {kept, changed}
    this.timer = 0;
    studio.addEventListener('pictured', () => this.later());
    for (const event of ['changed', 'chosen']) studio.addEventListener(event, () => this.show());
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && this.timer) this.save().catch(() => {});
    });
  }

  get actions() {
    return { keep: () => this.toggle() };
  }

  get isKept() {
    return this.known.get(recordId(this.studio))?.kept === true;
  }

  show() {
    this.studio.toolbar.enable('keep', this.studio.card.hasPicture);
    this.button.setAttribute('aria-pressed', String(this.isKept));
  }

  later() {
    this.show();
    this.forget();
    if (!this.studio.card.hasPicture) return;
    this.timer = setTimeout(() => whenIdle(() => this.save().catch(() => {})), Autosave.REST);
  }

  forget() {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  async toggle() {
    if (!this.studio.card.hasPicture) return;
    const kept = !this.isKept;
    try {
      await this.save({ kept });
      this.studio.speak(kept ? 'kept' : 'kept_not');
      if (kept) Store.persist();
    } catch (error) {
      this.studio.card.say(Store.problem(error), true);
    }
  }

  /** Writes what is on the table; a picture that is about to change comes here again by itself. */
  async save(changes = {}) {
    this.forget();
    const { studio } = this;
    const { card, sketch } = studio;
    const isAtRest = card.root.getAttribute('aria-busy') !== 'true' && !sketch.live;
    if (!card.hasPicture || studio.pending.starter || (!isAtRest && !('kept' in changes))) return;
    const id = recordId(studio);
    /** @type {Partial<AlbumRecord>} */
    const entry = { id, domain: studio.domain.id, drawing: sketch.toJSON(), ...changes };
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
    const { draft } = this.studio;
    return [draft.id, draft.before].includes(writer) || this.known.get(id)?.changed === changed;
  }

  /** Another tab draws on in the same record: this one goes on in its own. */
  leave(id) {
    if (id !== recordId(this.studio)) return;
    const snapshots = this.snapshots.of(id);
    this.studio.sketch.fork();
    this.snapshots.put(recordId(this.studio), snapshots);
    this.studio.store();
  }

  merged(before, entry, snapshots) {
    const now = Date.now();
    const merged = { name: '', kept: false, made: now, changed: now, ...before, ...entry };
    merged.moments = Snapshots.joined(before?.moments, snapshots);
    merged.writer = this.studio.draft.id;
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
