import { Sketch } from '../drawing/sketch.js';

/** Ways for a picture to come in: the dialog with camera and file, a drop, and the clipboard. */
export class ImportDialog {
  /** @param {(kind: 'photo' | 'gray' | 'paper', file: File) => void} read */
  constructor(root, texts, read) {
    this.dialog = root.querySelector('.import-dialog');
    this.texts = texts;
    this.read = read;
    /** @type {'photo' | 'gray' | 'paper'} */
    this.kind = 'photo';
    for (const input of this.dialog.querySelectorAll('input')) {
      input.addEventListener('change', () => {
        this.take(input.files);
        input.value = ''; // the same file can be chosen again
      });
    }
    this.dialog.addEventListener('click', ({ target }) => {
      if (target === this.dialog) this.dialog.close(); // beside it
      const way = target.closest('[data-way]');
      if (way) this.choose(way.dataset.way);
    });
    this.drops(root.querySelector('.i-canvas'));
    window.addEventListener('paste', (event) => {
      if (this.take(event.clipboardData?.files)) event.preventDefault();
    });
  }

  open(kind) {
    this.dialog.querySelector('.ways').hidden = kind === 'paper';
    this.choose(kind);
    this.dialog.showModal();
  }

  /** A photo can be brought for its lines, or to be coloured: `gray`. */
  choose(kind) {
    this.kind = kind;
    const write = (selector, key) => {
      this.texts.write(this.dialog.querySelector(selector), () => this.texts.get(key));
    };
    write('h2', 'import_' + kind);
    write('h2 + p', 'import_' + kind + '_tip');
    for (const button of this.dialog.querySelectorAll('[data-way]')) {
      button.setAttribute('aria-pressed', String(button.dataset.way === kind));
    }
  }

  /** Wherever a file is dropped, the page must not give way to it. */
  drops(surface) {
    const mark = (isOver) => surface.toggleAttribute('data-drop', isOver);
    surface.addEventListener('dragover', (event) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      mark(true);
    });
    surface.addEventListener('dragleave', (event) => {
      if (!surface.contains(event.relatedTarget)) mark(false);
    });
    surface.addEventListener('drop', (event) => {
      mark(false);
      if (this.take(event.dataTransfer.files)) event.preventDefault();
    });
  }

  take(files) {
    if (!files?.length) return false;
    // What comes in without the dialog is taken for a photo.
    const kind = this.dialog.open ? this.kind : 'photo';
    this.dialog.close();
    this.read(kind, files[0]);
    return true;
  }

  /**
   * Polylines of [x, y] as strokes of the pen, which rounds its line at every point half-way to the
   * next ones: far apart they give a smooth curve, close together a corner.
   */
  static strokes(lines, width) {
    return lines.map((line) => {
      const points = line.slice(0, 1);
      for (let index = 1; index < line.length; index += 1) {
        const [from, to] = [line[index - 1], line[index]];
        const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
        const count = Math.ceil(length / ImportDialog.CURVE);
        const parts = Array.from({ length: count }, (_, step) => (step + 1) / count);
        if (ImportDialog.isCorner(line, index - 1)) parts.push(ImportDialog.CORNER / length);
        if (ImportDialog.isCorner(line, index)) parts.push(1 - ImportDialog.CORNER / length);
        for (const part of parts.filter((each) => each > 0 && each <= 1).sort((a, b) => a - b)) {
          points.push([0, 1].map((axis) => from[axis] + (to[axis] - from[axis]) * part));
        }
      }
      const round = ([x, y]) => [Sketch.round(x), Sketch.round(y), 0.5];
      return { kind: 'line', width, color: null, points: points.map(round) };
    });
  }

  /** Does the line turn by more than 50 degrees at this point? */
  static isCorner(line, index) {
    const [before, here, after] = [line[index - 1], line[index], line[index + 1]];
    if (!before || !after) return false;
    const turn =
      Math.atan2(after[1] - here[1], after[0] - here[0]) -
      Math.atan2(here[1] - before[1], here[0] - before[0]);
    return Math.cos(turn) < Math.cos((50 * Math.PI) / 180);
  }
}

// Distances between points, as parts of the canvas's side.
ImportDialog.CURVE = 0.035;
ImportDialog.CORNER = 0.006;
