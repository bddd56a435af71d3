/**
 * A drawing as vectors: strokes in the unit square, and every earlier state of it.
 *
 * A stroke is {kind: 'line' | 'hint' | 'erase', width, color, points: [[x, y, pressure], ...]};
 * x, y and width are parts of the canvas's side, pressure is 0 to 1. Finished strokes are never
 * changed, so a state is just an array of them, and undo is exact.
 *
 * The colours {seed, accent} belong to all states of one drawing: undo takes back its last line,
 * but not the colours that were picked for it.
 */
class Sketch {
  constructor() {
    this.past = [];
    this.future = [];
    this.state = { strokes: [], colours: Sketch.anyColours() };
    this.live = null;
  }

  static randomSeed() {
    return Math.floor(Math.random() * Sketch.SEEDS);
  }

  static anyColours() {
    return { seed: Sketch.randomSeed(), accent: false };
  }

  static round(value) {
    return Math.round(value * 4096) / 4096;
  }

  get strokes() {
    return this.state.strokes;
  }

  get colours() {
    return this.state.colours;
  }

  get isEmpty() {
    return !this.live && this.strokes.length === 0;
  }

  get hasLines() {
    return this.live?.kind === 'line' || this.strokes.some((stroke) => stroke.kind === 'line');
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

  begin(kind, width, color) {
    this.live = { kind, width, color, points: [] };
  }

  /** Adds a point to the stroke being drawn; false if it is too near the last one to matter. */
  extend(x, y, pressure, smoothing = 0) {
    const points = this.live.points;
    const last = points[points.length - 1];
    if (last) {
      x = last[0] + (x - last[0]) * (1 - smoothing);
      y = last[1] + (y - last[1]) * (1 - smoothing);
      if (Math.hypot(x - last[0], y - last[1]) < 0.002) return false;
    }
    points.push([Sketch.round(x), Sketch.round(y), Math.round(pressure * 64) / 64]);
    return true;
  }

  end() {
    const stroke = this.live;
    this.live = null;
    if (stroke?.points.length) this.commit({ ...this.state, strokes: [...this.strokes, stroke] });
  }

  commit(state) {
    this.past.push(this.state);
    this.future = [];
    this.state = state;
  }

  undo() {
    if (!this.canUndo) return;
    this.future.push(this.state);
    this.state = this.past.pop();
  }

  redo() {
    if (!this.canRedo) return;
    this.past.push(this.state);
    this.state = this.future.pop();
  }

  /** Starts over with `strokes` and new colours; can be undone. */
  replace(strokes = []) {
    this.live = null;
    this.commit({ strokes, colours: Sketch.anyColours() });
  }

  /** Colours the drawing after `seed`, even where it has dabs of its own. */
  recolour(seed) {
    Object.assign(this.colours, { seed: seed % Sketch.SEEDS, accent: true });
  }

  toJSON() {
    return { strokes: this.strokes, ...this.colours };
  }

  /** Takes up a drawing that was stored with toJSON; leaves the empty one if it is no such thing. */
  restore(state) {
    if (!Array.isArray(state?.strokes) || !Number.isInteger(state.seed)) return;
    const { strokes, seed, accent } = state;
    this.state = { strokes, colours: { seed, accent: accent === true } };
  }
}

Sketch.SEEDS = 2 ** 31;
