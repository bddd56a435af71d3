import { whenIdle } from '../common/idle.js';
import { recordId } from './record.js';

/** @import { App } from '../app/app.js' */

/**
 * Small pictures of how a drawing came about, for the replay: at most `MOST` a drawing, each with
 * the number of points that had been drawn. They are made while the browser has nothing to do.
 */
export class Snapshots {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.lists = new Map(); // by the id of the album's record, newest last
    this.canvas = document.createElement('canvas');
    this.canvas.width = this.canvas.height = Snapshots.SIDE;
    this.isAwaited = false;
    app.addEventListener('picture-changed', () => this.later());
  }

  static points(strokes) {
    return strokes.reduce((sum, stroke) => sum + stroke.points.length, 0);
  }

  /** At most `MOST` of them: every second one goes, the last one stays. */
  static thin(list) {
    if (list.length <= Snapshots.MOST) return list;
    return list.filter((_, index) => (list.length - index) % 2 === 1);
  }

  later() {
    if (this.isAwaited || !this.app.card.hasPicture) return;
    this.isAwaited = true;
    setTimeout(() => whenIdle(() => this.take()), Snapshots.PACE);
  }

  async take() {
    this.isAwaited = false;
    const { card, sketch } = this.app;
    if (!card.hasPicture) return;
    const id = recordId(this.app);
    const points = Snapshots.points(sketch.strokes) + (sketch.live?.points.length ?? 0);
    const picture = await this.shrink(card.picture);
    if (picture) this.put(id, [...this.upTo(id, points), { points, picture }]);
  }

  async shrink(image) {
    try {
      await image.decode();
    } catch {
      return null; // another picture has come meanwhile, and with it another call
    }
    const context = this.canvas.getContext('2d');
    context.drawImage(image, 0, 0, Snapshots.SIDE, Snapshots.SIDE);
    return new Promise((resolve) => this.canvas.toBlob(resolve, 'image/jpeg', 0.8));
  }

  /** What was there before the drawing had so many points; what undo took back is gone. */
  upTo(id, points) {
    return this.of(id).filter((snapshot) => snapshot.points < points);
  }

  of(id) {
    return this.lists.get(id) ?? [];
  }

  put(id, list) {
    this.lists.delete(id);
    this.lists.set(id, Snapshots.thin(list));
    if (this.lists.size > Snapshots.DRAWINGS) this.lists.delete(this.lists.keys().next().value);
  }

  /** Those seen here go on where older ones, from before a reload, end. */
  static joined(older = [], newer) {
    const first = newer[0]?.points ?? Infinity;
    return Snapshots.thin([...older.filter(({ points }) => points < first), ...newer]);
  }
}

Snapshots.SIDE = 192;
Snapshots.MOST = 24;
Snapshots.DRAWINGS = 8;
Snapshots.PACE = 250; // ms
