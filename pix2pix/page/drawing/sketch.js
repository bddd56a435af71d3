import { newId } from '../common/id.js';
import { Snap } from './snap.js';

/**
 * @typedef {'line' | 'hint' | 'erase'} StrokeKind
 * @typedef {[x: number, y: number, pressure: number]} Point
 * @typedef {{kind: StrokeKind, width: number, color: string | null, points: Point[]}} Stroke
 *
 * @typedef {{seed: number, accent: boolean}} Colours
 * @typedef {{id?: string, strokes: Stroke[]} & Colours} Drawing as it is stored
 * @typedef {{strokes: Stroke[], colours: Colours, identity: {id: string}}} State
 */

/**
 * A drawing as vectors: strokes in the unit square, and every earlier state of it.
 *
 * Places and widths are parts of the canvas's side, pressure is 0 to 1. Finished strokes are never
 * changed, so a state is just an array of them, and undo is exact.
 *
 * The colours {seed, accent} belong to all states of one drawing: undo takes back its last line,
 * but not the colours that were picked for it. So does its `identity` {id}, by which an album
 * knows it again.
 */
export class Sketch {
  constructor() {
    /** @type {State[]} */
    this.past = [];
    /** @type {State[]} */
    this.future = [];
    this.state = Sketch.fresh([]);
    /** @type {Stroke | null} the stroke that is being drawn */
    this.live = null;
    /** @type {Point | null} where the hand is, which a smoothed stroke follows */
    this.tip = null;
  }

  static randomSeed() {
    return Math.floor(Math.random() * Sketch.SEEDS);
  }

  static anyColours() {
    return { seed: Sketch.randomSeed(), accent: false };
  }

  /**
   * @param {Stroke[]} strokes
   * @returns {State}
   */
  static fresh(strokes) {
    return { strokes, colours: Sketch.anyColours(), identity: { id: newId() } };
  }

  /** @param {number} value */
  static round(value) {
    return Math.round(value * 4096) / 4096;
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} pressure
   * @returns {Point}
   */
  static point(x, y, pressure) {
    return [Sketch.round(x), Sketch.round(y), Math.round(pressure * 64) / 64];
  }

  get strokes() {
    return this.state.strokes;
  }

  get colours() {
    return this.state.colours;
  }

  get id() {
    return this.state.identity.id;
  }

  get isEmpty() {
    return !this.live && this.strokes.length === 0;
  }

  /** Whether there is something to make a picture of: lines, or colour, whose rim is an outline. */
  get hasMarks() {
    return [this.live, ...this.strokes].some((stroke) => stroke && stroke.kind !== 'erase');
  }

  get hasHints() {
    return this.live?.kind === 'hint' || this.strokes.some((stroke) => stroke.kind === 'hint');
  }

  get canUndo() {
    return this.past.length > 0;
  }

  get canRedo() {
    return this.future.length > 0;
  }

  /**
   * @param {StrokeKind} kind
   * @param {number} width
   * @param {string | null} color
   */
  begin(kind, width, color) {
    this.live = { kind, width, color, points: [] };
    this.tip = null;
  }

  /**
   * Adds a point to the stroke being drawn; false if it is too near the last one to matter.
   * @param {number} x
   * @param {number} y
   * @param {number} pressure
   * @param {number} smoothing
   */
  extend(x, y, pressure, smoothing = 0) {
    if (!this.live) return false;
    const { points } = this.live;
    const last = points[points.length - 1];
    this.tip = Sketch.point(x, y, pressure);
    if (last) {
      x = last[0] + (x - last[0]) * (1 - smoothing);
      y = last[1] + (y - last[1]) * (1 - smoothing);
      if (Math.hypot(x - last[0], y - last[1]) < Sketch.NEAR) return false;
    }
    points.push(Sketch.point(x, y, pressure));
    return true;
  }

  /**
   * What is still missing between the stroke being drawn and the hand.
   * @returns {Stroke | null}
   */
  get tail() {
    const { live, tip } = this;
    const last = live?.points.at(-1);
    if (!live || !last || !tip) return null;
    const before = live.points.at(-2);
    const from =
      before && Sketch.point((before[0] + last[0]) / 2, (before[1] + last[1]) / 2, last[2]);
    return { ...live, points: from ? [from, last, tip] : [last, tip] };
  }

  /** @param {boolean} isByHand by one that leaves gaps, see snap.js */
  end(isByHand = false) {
    const { live, tip, strokes } = this;
    this.live = null;
    if (!live?.points.length) return;
    if (tip) Sketch.catchUp(live.points, tip);
    const stroke = isByHand ? Snap.close(live, strokes) : live;
    this.commit({ ...this.state, strokes: [...strokes, stroke] });
  }

  /** Takes back the stroke being drawn, as if it had not begun. */
  drop() {
    this.live = null;
  }

  /**
   * The end is where the hand was lifted; a tap stays a single point.
   * @param {Point[]} points
   * @param {Point} tip
   */
  static catchUp(points, tip) {
    const last = points[points.length - 1];
    const way = Math.hypot(tip[0] - last[0], tip[1] - last[1]);
    if (way >= Sketch.NEAR || (way > 0 && points.length > 1)) points.push(tip);
  }

  /** @param {State} state */
  commit(state) {
    this.past.push(this.state);
    this.future = [];
    this.state = state;
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
   * Starts over with `strokes` and new colours; can be undone.
   * @param {Stroke[]} strokes
   */
  replace(strokes = []) {
    this.live = null;
    this.commit(Sketch.fresh(strokes));
  }

  /**
   * Colours the drawing after `seed`, even where it has dabs of its own.
   * @param {number} seed
   */
  recolour(seed) {
    Object.assign(this.colours, { seed: seed % Sketch.SEEDS, accent: true });
  }

  /** Becomes a drawing of its own, in all its states. */
  fork() {
    this.state.identity.id = newId();
  }

  /** @returns {Drawing & {id: string}} */
  toJSON() {
    return { id: this.id, strokes: this.strokes, ...this.colours };
  }

  /**
   * Takes up a drawing that was stored with toJSON; leaves the empty one if it is no such thing.
   * @param {unknown} state
   */
  restore(state) {
    if (Sketch.isDrawing(state)) this.state = Sketch.stateOf(state);
  }

  /**
   * The same, as a step that can be undone.
   * @param {Drawing} state
   */
  open(state) {
    this.live = null;
    this.commit(Sketch.stateOf(state));
  }

  /**
   * @param {Drawing} drawing
   * @returns {State}
   */
  static stateOf({ strokes, seed, accent, id }) {
    const identity = { id: id ?? newId() };
    return { strokes, colours: { seed, accent: accent === true }, identity };
  }

  /**
   * Whether something from a file or a storage is a drawing.
   * @param {any} state
   * @returns {state is Drawing}
   */
  static isDrawing(state) {
    /** @param {any} value */
    const isShare = (value) => Number.isFinite(value) && Math.abs(value) <= 8;
    /** @param {any} point */
    const isPoint = (point) => Array.isArray(point) && point.length === 3 && point.every(isShare);
    /** @param {any} stroke */
    const isStroke = (stroke) =>
      ['line', 'hint', 'erase'].includes(stroke?.kind) &&
      isShare(stroke.width) &&
      (stroke.kind !== 'hint' || /^#[0-9a-f]{6}$/i.test(stroke.color)) &&
      Array.isArray(stroke.points) &&
      stroke.points.length > 0 &&
      stroke.points.every(isPoint);
    const isKnown = ['undefined', 'string'].includes(typeof state?.id);
    const isColoured =
      Number.isInteger(state?.seed) && state.seed >= 0 && state.seed < Sketch.SEEDS;
    return isKnown && isColoured && Array.isArray(state.strokes) && state.strokes.every(isStroke);
  }
}

Sketch.SEEDS = 2 ** 31;
Sketch.NEAR = 0.002; // of the side: points nearer than this are one
