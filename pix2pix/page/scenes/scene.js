import { newCanvas } from '../common/canvas.js';
import { newId } from '../common/id.js';
import { Stickers } from './stickers.js';

/** @import { Sticker } from './stickers.js' */

/**
 * @typedef {object} Piece
 * @property {string} key
 * @property {Sticker} sticker
 * @property {number} x
 * @property {number} y
 * @property {number} size
 * @property {number} turn
 * @property {boolean} mirrored
 *
 * @typedef {{id: string, background: string, pieces: Piece[], thrown: string[]}} SceneState
 *
 * @typedef {Omit<SceneState, 'thrown'> & {name?: string, kept?: boolean, changed: number,
 *   picture: string | null}} SceneRecord as it is kept in the store's "scenes"
 *
 * @typedef {{state: SceneState, past: SceneState[], future: SceneState[]}} Mark
 */

/**
 * A scene as data: a background, the stickers on it from back to front, and every earlier state.
 *
 * A piece is {key, sticker: {id, domain, picture, width, height}, x, y, size, turn, mirrored}: its
 * middle and its longer side as parts of the scene's width and height (size: of the width), turned
 * by degrees. `thrown` are the ids of stickers that leave the drawer. Pieces are never changed but
 * replaced, so a state is an object, and undo is exact.
 */
export class Scene {
  /** @param {string} background */
  constructor(background) {
    /** @type {SceneState[]} */
    this.past = [];
    /** @type {SceneState[]} */
    this.future = [];
    this.state = Scene.blank(background);
  }

  /**
   * @param {string} background
   * @returns {SceneState}
   */
  static blank(background) {
    return { id: newId(), background, pieces: [], thrown: [] };
  }

  get pieces() {
    return this.state.pieces;
  }

  /** Begins another scene; undo comes back to this one. */
  renew() {
    const { background, thrown } = this.state;
    this.commit({ ...Scene.blank(background), thrown });
  }

  /**
   * Takes up one that was kept, as a beginning.
   * @param {Omit<SceneState, 'thrown'>} kept
   */
  open({ id, background, pieces }) {
    this.past = [];
    this.future = [];
    this.state = { id, background, pieces, thrown: [] };
  }

  /** @param {string | null} key */
  piece(key) {
    return this.pieces.find((piece) => piece.key === key);
  }

  /**
   * Goes on to another state.
   * @param {Partial<SceneState>} change
   * @param {boolean} isSame for more of what was done last, such as a held key
   */
  commit(change, isSame = false) {
    if (!isSame || !this.past.length) this.past.push(this.state);
    this.future = [];
    this.state = { ...this.state, ...change };
  }

  undo() {
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.state);
    this.state = before;
  }

  redo() {
    const next = this.future.pop();
    if (!next) return;
    this.past.push(this.state);
    this.state = next;
  }

  /**
   * How it is now, to `reset` it to.
   * @returns {Mark}
   */
  mark() {
    return { state: this.state, past: [...this.past], future: [...this.future] };
  }

  /**
   * As if nothing had been done since.
   * @param {Mark} mark
   */
  reset({ state, past, future }) {
    Object.assign(this, { state, past, future });
  }

  /**
   * Puts a sticker in front of all; returns its key.
   * @param {Sticker} sticker
   * @param {number} x
   * @param {number} y
   * @param {number} size
   */
  place(sticker, x, y, size = Scene.SIZE) {
    const piece = { key: newId(), sticker, x, y, size, turn: 0, mirrored: false };
    this.commit({ pieces: [...this.pieces, Scene.within(piece)] });
    return piece.key;
  }

  /**
   * @param {string} key
   * @param {Partial<Piece>} change
   * @param {boolean} isSame
   */
  alter(key, change, isSame = false) {
    /** @param {Piece} piece */
    const altered = (piece) => (piece.key === key ? Scene.within({ ...piece, ...change }) : piece);
    this.commit({ pieces: this.pieces.map(altered) }, isSame);
  }

  /**
   * One more beside it; returns its key.
   * @param {string} key
   */
  copy(key) {
    const piece = this.piece(key);
    if (!piece) throw new Error(`The scene has no piece '${key}'.`);
    const copied = Scene.within({ ...piece, key: newId(), x: piece.x + 0.06, y: piece.y + 0.06 });
    this.commit({ pieces: [...this.pieces, copied] });
    return copied.key;
  }

  /** @param {string} key */
  remove(key) {
    this.commit({ pieces: this.pieces.filter((piece) => piece.key !== key) });
  }

  /**
   * One layer to the front (1) or to the back (-1).
   * @param {string} key
   * @param {number} by
   */
  layer(key, by) {
    const from = this.pieces.findIndex((piece) => piece.key === key);
    const to = Math.min(this.pieces.length - 1, Math.max(0, from + by));
    if (from < 0 || to === from) return;
    const pieces = [...this.pieces];
    pieces.splice(to, 0, ...pieces.splice(from, 1));
    this.commit({ pieces });
  }

  /**
   * The piece, whole on the board, and large enough to be grasped.
   * @param {Piece} piece
   */
  static within(piece) {
    /**
     * @param {number} value
     * @param {number} low
     * @param {number} high
     */
    const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
    const turn = ((((piece.turn + 180) % 360) + 360) % 360) - 180;
    const wanted = { ...piece, turn, size: Math.max(Scene.SMALLEST, piece.size) };
    const size = wanted.size / Math.max(1, ...Scene.span(wanted));
    const [width, height] = Scene.span({ ...wanted, size });
    const x = clamp(piece.x, width / 2, 1 - width / 2);
    const y = clamp(piece.y, height / 2, 1 - height / 2);
    return { ...wanted, size, x, y };
  }

  /**
   * Width and height of the box around a turned piece, as parts of the scene's.
   * @param {Piece} piece
   */
  static span(piece) {
    const [width, height] = Scene.extent(piece);
    const angle = (piece.turn * Math.PI) / 180;
    const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
    return [width * cos + height * sin, (width * sin + height * cos) * Scene.ASPECT];
  }

  /**
   * Width and height of a piece, as parts of the scene's width.
   * @param {Piece} piece
   */
  static extent({ sticker, size }) {
    const longest = Math.max(sticker.width, sticker.height);
    return [(size * sticker.width) / longest, (size * sticker.height) / longest];
  }

  /**
   * The scene as a canvas, from the vectors of its background and from whole stickers.
   * @param {Pick<SceneState, 'background' | 'pieces'>} state
   * @param {number} width
   */
  static async paint(state, width = Scene.WIDTH) {
    const height = width / Scene.ASPECT;
    const [canvas, context] = newCanvas(width, height, null);
    context.drawImage(
      await Stickers.load(Scene.backgroundUrl(state.background)),
      0,
      0,
      width,
      height,
    );
    for (const piece of state.pieces) {
      const image = await Stickers.load(piece.sticker.picture);
      const [w, h] = Scene.extent(piece).map((part) => part * width);
      context.save();
      context.translate(piece.x * width, piece.y * height);
      context.rotate((piece.turn * Math.PI) / 180);
      if (piece.mirrored) context.scale(-1, 1);
      context.drawImage(image, -w / 2, -h / 2, w, h);
      context.restore();
    }
    return canvas;
  }

  /**
   * Whether something from a file or a storage is a scene: one without its pieces, or with a
   * background or a picture from elsewhere, is none.
   * @param {any} record
   * @returns {record is SceneRecord}
   */
  static isKept(record) {
    if (typeof record?.id !== 'string' || typeof record.background !== 'string') return false;
    if (!Scene.NAME.test(record.background)) return false;
    if (!Array.isArray(record.pieces) || !record.pieces.every(Scene.isPiece)) return false;
    const keys = new Set(record.pieces.map((/** @type {Piece} */ { key }) => key));
    const { picture = null } = record;
    const isSeen = picture === null || picture instanceof Blob || Scene.PICTURE.test(picture);
    return keys.size === record.pieces.length && isSeen;
  }

  /**
   * @param {any} piece
   * @returns {piece is Piece}
   */
  static isPiece(piece) {
    /** @param {any} value */
    const isPlace = (value) => Number.isFinite(value) && Math.abs(value) <= 8;
    return (
      typeof piece?.key === 'string' &&
      Scene.isSticker(piece.sticker) &&
      [piece.x, piece.y, piece.size].every(isPlace) &&
      piece.size > 0 &&
      Number.isFinite(piece.turn) &&
      ['boolean', 'undefined'].includes(typeof piece.mirrored)
    );
  }

  /**
   * @param {any} sticker
   * @returns {sticker is Sticker}
   */
  static isSticker(sticker) {
    return (
      typeof sticker?.id === 'string' &&
      typeof sticker.domain === 'string' &&
      typeof sticker.picture === 'string' &&
      Scene.PICTURE.test(sticker.picture) &&
      [sticker.width, sticker.height].every((side) => side > 0 && Number.isFinite(side))
    );
  }

  /** @param {string} name */
  static backgroundUrl(name) {
    return 'backgrounds/' + name + '.svg';
  }
}

Scene.ASPECT = 4 / 3;
Scene.WIDTH = 1600; // px of the saved picture
Scene.SIZE = 0.3;
Scene.SMALLEST = 0.06;
Scene.NAME = /^[a-z][a-z0-9-]*$/; // of a background
Scene.PICTURE = /^data:image\/(png|jpeg|webp);base64,/;
