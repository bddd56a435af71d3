import { context2d, toBlob } from '../common/canvas.js';
import { whenIdle } from '../common/idle.js';
import { recordId } from './record.js';

/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { PictureCard } from '../picture/picture.js' */
/** @import { Snapshot } from './record.js' */

/**
 * Small pictures of how a drawing came about, for the replay: at most `MOST` a drawing, each with
 * the number of points that had been drawn. They are made while the browser has nothing to do.
 */
export class Snapshots {
  /**
   * @param {object} uses
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {EventTarget} uses.events
   */
  constructor({ table, card, events }) {
    this.table = table;
    this.card = card;
    /** @type {Map<string, Snapshot[]>} by the id of the album's record, newest last */
    this.lists = new Map();
    this.canvas = document.createElement('canvas');
    this.canvas.width = this.canvas.height = Snapshots.SIDE;
    this.isAwaited = false;
    events.addEventListener('picture-changed', () => this.later());
  }

  /** @param {{points: unknown[]}[]} strokes */
  static points(strokes) {
    return strokes.reduce((sum, stroke) => sum + stroke.points.length, 0);
  }

  /**
   * At most `MOST` of them: every second one goes, the last one stays.
   * @param {Snapshot[]} list
   */
  static thin(list) {
    if (list.length <= Snapshots.MOST) return list;
    return list.filter((_, index) => (list.length - index) % 2 === 1);
  }

  later() {
    if (this.isAwaited || !this.card.hasPicture) return;
    this.isAwaited = true;
    setTimeout(() => whenIdle(() => this.take()), Snapshots.PACE);
  }

  async take() {
    this.isAwaited = false;
    const { card } = this;
    const { sketch } = this.table;
    if (!card.hasPicture) return;
    const id = recordId(this.table);
    const points = Snapshots.points(sketch.strokes) + (sketch.live?.points.length ?? 0);
    const picture = await this.shrink(card.picture);
    if (picture) this.put(id, [...this.upTo(id, points), { points, picture }]);
  }

  /**
   * @param {HTMLImageElement} image
   * @returns {Promise<Blob | null>}
   */
  async shrink(image) {
    try {
      await image.decode();
    } catch {
      return null; // another picture has come meanwhile, and with it another call
    }
    context2d(this.canvas).drawImage(image, 0, 0, Snapshots.SIDE, Snapshots.SIDE);
    return toBlob(this.canvas, 'image/jpeg', 0.8);
  }

  /**
   * What was there before the drawing had so many points; what undo took back is gone.
   * @param {string} id
   * @param {number} points
   */
  upTo(id, points) {
    return this.of(id).filter((snapshot) => snapshot.points < points);
  }

  /** @param {string} id */
  of(id) {
    return this.lists.get(id) ?? [];
  }

  /**
   * @param {string} id
   * @param {Snapshot[]} list
   */
  put(id, list) {
    this.lists.delete(id);
    this.lists.set(id, Snapshots.thin(list));
    const [oldest] = this.lists.keys();
    if (this.lists.size > Snapshots.DRAWINGS) this.lists.delete(oldest);
  }

  /**
   * Those seen here go on where older ones, from before a reload, end.
   * @param {Snapshot[] | undefined} older
   * @param {Snapshot[]} newer
   */
  static joined(older = [], newer) {
    const first = newer[0]?.points ?? Infinity;
    return Snapshots.thin([...older.filter(({ points }) => points < first), ...newer]);
  }
}

Snapshots.SIDE = 192;
Snapshots.MOST = 24;
Snapshots.DRAWINGS = 8;
Snapshots.PACE = 250; // ms
