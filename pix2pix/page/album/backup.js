import { newId } from '../common/id.js';
import { Store } from '../common/store.js';
import { Sketch } from '../drawing/sketch.js';
import { Save } from '../picture/save.js';
import { Scene } from '../scenes/scene.js';

/** @import { Kind } from '../common/store.js' */
/** @import { AlbumRecord } from './record.js' */

/** @typedef {{id: string, [field: string]: any}} Stored a record of any kind */

/** A sentence's key, for a file that is no backup. */
export class BackupError extends Error {
  /** @param {string} key */
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/**
 * Everything that is kept here as one JSON file, and back:
 * {"i-canvas-backup": 1, drawings: [...], stickers: [...], scenes: [...]}, with Blobs as
 * {"$picture": data URL}. What is here already stays as it is.
 */
export const Backup = {
  FORMAT: 'i-canvas-backup',
  VERSION: 1,
  DEPTH: 16, // of what is kept in what is kept; a stroke's points are the deepest
  PICTURE: /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]*=*$/,

  async save() {
    const parts = ['{"' + Backup.FORMAT + '": ' + Backup.VERSION];
    for (const kind of Store.KINDS) {
      parts.push(',\n"' + kind + '": [');
      for (const [index, record] of (await Store.all(kind)).entries()) {
        // One by one: the whole album as one text may be more than a phone can hold.
        parts.push((index ? ',\n' : '\n') + JSON.stringify(await Backup.packed(record)));
      }
      parts.push(']');
    }
    parts.push('}\n');
    const day = new Date().toLocaleDateString('sv'); // as 2026-03-31
    Save.file(new Blob(parts, { type: 'application/json' }), 'i-canvas-album-' + day + '.json');
  },

  /**
   * @param {Blob} file
   * @returns {Promise<{added: number, known: number}>} how many records came, and were here
   */
  async restore(file) {
    const content = await Backup.read(file);
    await Backup.look(content);
    const count = { added: 0, known: 0 };
    for (const kind of Store.KINDS) {
      for (const record of content[kind]) {
        count[(await Backup.merge(kind, record)) ? 'added' : 'known'] += 1;
      }
    }
    return count;
  },

  /**
   * Reads and checks all of it, but whether its pictures can be seen.
   * @param {Blob} file
   * @returns {Promise<Record<Kind, Stored[]>>}
   */
  async read(file) {
    const content = await file
      .text()
      .then(JSON.parse)
      .catch(() => null);
    const version = content?.[Backup.FORMAT];
    if (!Number.isInteger(version)) throw new BackupError('error_backup');
    if (version > Backup.VERSION) throw new BackupError('error_backup_newer');
    /** @param {Kind} kind */
    const records = (kind) => Backup.records(kind, content[kind] ?? []);
    return {
      drawings: records('drawings'),
      stickers: records('stickers'),
      scenes: records('scenes'),
    };
  },

  /**
   * Makes sure that every picture can be seen: one that cannot would stop a scene or a film.
   * @param {Record<Kind, Stored[]>} content
   */
  async look(content) {
    for (const blob of Backup.pictures(content)) {
      const bitmap = await createImageBitmap(blob).catch(() => {
        throw new BackupError('error_backup');
      });
      bitmap.close();
    }
  },

  /**
   * @param {unknown} value
   * @returns {Generator<Blob>} all pictures in it
   */
  *pictures(value) {
    if (value instanceof Blob) yield value;
    else if (typeof value === 'string' && value.startsWith('data:')) yield Backup.blob(value);
    else if (value && typeof value === 'object') {
      for (const each of Object.values(value)) yield* Backup.pictures(each);
    }
  },

  /**
   * @param {Kind} kind
   * @param {unknown} records
   * @returns {Stored[]}
   */
  records(kind, records) {
    if (!Array.isArray(records)) throw new BackupError('error_backup');
    const unpacked = records.map((record) => Backup.unpacked(record, 0));
    if (!unpacked.every((record) => Backup.isRecord(kind, record))) {
      throw new BackupError('error_backup');
    }
    return unpacked;
  },

  /**
   * @param {Kind} kind
   * @param {any} record
   */
  isRecord(kind, record) {
    if (typeof record?.id !== 'string' || typeof (record.name ?? '') !== 'string') return false;
    if (!Number.isFinite(record.changed ?? 0)) return false;
    if (kind === 'stickers') return Scene.isSticker(record);
    if (kind === 'scenes') return Scene.isKept(record);
    /** @param {any} snapshot */
    const isSnapshot = ({ points, picture }) => Number.isFinite(points) && picture instanceof Blob;
    return (
      Sketch.isDrawing(record.drawing) &&
      typeof record.domain === 'string' &&
      record.picture instanceof Blob &&
      Array.isArray(record.moments) &&
      record.moments.every((/** @type {unknown} */ each) => each && isSnapshot(each))
    );
  },

  /**
   * Returns whether it was new. What differs from a record here comes beside it.
   * @param {Kind} kind
   * @param {Stored} record
   */
  async merge(kind, record) {
    const before = await Store.get(kind, record.id);
    if (before && (await Backup.isSame(before, record))) return false;
    if (before) {
      record = Backup.beside(kind, record);
      if (await Backup.isThere(kind, record)) return false;
    }
    await Store.put(kind, record);
    return true;
  },

  /**
   * The same under an id of its own.
   * @param {Kind} kind
   * @param {Stored} record
   * @returns {Stored}
   */
  beside(kind, record) {
    const id = newId();
    if (kind !== 'drawings') return { ...record, id };
    return { ...record, id: id + '.' + record.domain, drawing: { ...record.drawing, id } };
  },

  /**
   * Whether it came beside its record before.
   * @param {Kind} kind
   * @param {Stored} record
   */
  async isThere(kind, record) {
    const content = await Backup.content(record);
    for (const other of await Store.all(kind)) {
      if ((await Backup.content(other)) === content) return true;
    }
    return false;
  },

  /**
   * @param {Stored} a
   * @param {Stored} b
   */
  async isSame(a, b) {
    return (await Backup.content(a)) === (await Backup.content(b));
  },

  /**
   * What makes a record what it is, as text: not where it is kept and who wrote it when.
   * @param {Stored} record
   */
  async content({ id, writer, moments, kept, ...record }) {
    const drawing = record.drawing && { ...record.drawing, id: undefined };
    const sorted = Object.entries({ ...record, drawing }).sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify(await Backup.packed(sorted));
  },

  /**
   * @param {any} value
   * @returns {Promise<any>} the same with data URLs for Blobs
   */
  async packed(value) {
    if (value instanceof Blob) return { $picture: await Backup.url(value) };
    if (Array.isArray(value)) return Promise.all(value.map((each) => Backup.packed(each)));
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value).map(async ([key, each]) => [
      key,
      await Backup.packed(each),
    ]);
    return Object.fromEntries(await Promise.all(entries));
  },

  /**
   * @param {any} value
   * @param {number} depth
   * @returns {any} the same with Blobs for data URLs
   */
  unpacked(value, depth) {
    if (depth > Backup.DEPTH) throw new BackupError('error_backup');
    if (Array.isArray(value)) return value.map((each) => Backup.unpacked(each, depth + 1));
    if (value === null || typeof value !== 'object') return value;
    if ('$picture' in value) return Backup.blob(value.$picture);
    // A picture is never fetched from elsewhere.
    if (typeof value.picture === 'string') Backup.blob(value.picture);
    const entries = Object.entries(value).map(([key, each]) => [
      key,
      Backup.unpacked(each, depth + 1),
    ]);
    return Object.fromEntries(entries);
  },

  /**
   * @param {Blob} blob
   * @returns {Promise<string>}
   */
  url(blob) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  },

  /** @param {unknown} url */
  blob(url) {
    if (typeof url !== 'string' || !Backup.PICTURE.test(url)) throw new BackupError('error_backup');
    const [head, body] = url.split(',');
    let text = '';
    try {
      text = atob(body);
    } catch {
      throw new BackupError('error_backup');
    }
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    return new Blob([bytes], { type: head.slice(5, head.indexOf(';')) });
  },

  /**
   * About how many bytes a record takes.
   * @param {Pick<AlbumRecord, 'picture' | 'moments' | 'drawing'>} record
   */
  size(record) {
    const blobs = [record.picture, ...(record.moments ?? []).map(({ picture }) => picture)];
    const pictures = blobs.reduce((sum, blob) => sum + (blob?.size ?? 0), 0);
    return pictures + JSON.stringify(record.drawing ?? null).length;
  },
};
