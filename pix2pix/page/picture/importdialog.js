import { find, findAll } from '../common/find.js';
import { Sketch } from '../drawing/sketch.js';

/** @import { Texts } from '../common/texts.js' */
/** @import { Stroke } from '../drawing/sketch.js' */

/** @typedef {'photo' | 'gray' | 'paper'} ImportKind */

/** Ways for a picture to come in: the dialog with camera and file, a drop, and the clipboard. */
export class ImportDialog {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {HTMLElement} uses.surface where files can be dropped
   * @param {Texts} uses.texts
   * @param {boolean} uses.canHide whether the server can hide faces
   * @param {(kind: ImportKind, file: File, hidesFaces: boolean) => void} uses.read
   */
  constructor({ root, surface, texts, canHide, read }) {
    this.dialog = find(root, '.import-dialog', HTMLDialogElement);
    this.texts = texts;
    this.canHide = canHide;
    this.read = read;
    /** @type {ImportKind} */
    this.kind = 'photo';
    this.faces = find(this.dialog, '[data-faces]');
    this.faces.addEventListener('click', () => this.hideFaces(!this.hidesFaces));
    this.faces.hidden = !canHide; // what is not installed is not on
    this.hideFaces(true);
    for (const input of findAll(this.dialog, 'input', HTMLInputElement)) {
      input.addEventListener('change', () => {
        this.take(input.files);
        input.value = ''; // the same file can be chosen again
      });
    }
    this.dialog.addEventListener('click', ({ target }) => {
      if (target === this.dialog) this.dialog.close(); // beside it
    });
    for (const way of findAll(this.dialog, '[data-way]')) {
      way.addEventListener('click', () => this.choose(/** @type {ImportKind} */ (way.dataset.way)));
    }
    this.drops(surface);
    window.addEventListener('paste', (event) => {
      if (this.take(event.clipboardData?.files)) event.preventDefault();
    });
  }

  get actions() {
    return {
      photo: () => this.open('photo'),
      paper: () => this.open('paper'),
      gray: () => this.open('gray'),
    };
  }

  /** Are faces to be hidden? A drawing on paper has none, and may look as if. */
  get hidesFaces() {
    return this.canHide && this.faces.getAttribute('aria-pressed') === 'true';
  }

  /** @param {boolean} isOn */
  hideFaces(isOn) {
    this.faces.setAttribute('aria-pressed', String(isOn));
    const tip = this.canHide ? (isOn ? 'hide_faces_on' : 'hide_faces_off') : 'hide_faces_missing';
    this.texts.write(find(this.dialog, '.faces p'), () => this.texts.get(tip));
  }

  /** @param {ImportKind} kind */
  open(kind) {
    find(this.dialog, '.ways').hidden = kind === 'paper';
    find(this.dialog, '.faces').hidden = kind === 'paper';
    this.hideFaces(true); // whoever shows a face chooses to each time
    this.choose(kind);
    this.dialog.showModal();
  }

  /**
   * A photo can be brought for its lines, or to be coloured: `gray`.
   * @param {ImportKind} kind
   */
  choose(kind) {
    this.kind = kind;
    /**
     * @param {string} selector
     * @param {string} key
     */
    const write = (selector, key) => {
      this.texts.write(find(this.dialog, selector), () => this.texts.get(key));
    };
    write('h2', 'import_' + kind);
    write('h2 + p', 'import_' + kind + '_tip');
    for (const button of findAll(this.dialog, '[data-way]')) {
      button.setAttribute('aria-pressed', String(button.dataset.way === kind));
    }
  }

  /**
   * Wherever a file is dropped, the page must not give way to it.
   * @param {HTMLElement} surface
   */
  drops(surface) {
    /** @param {boolean} isOver */
    const mark = (isOver) => surface.toggleAttribute('data-drop', isOver);
    surface.addEventListener('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      mark(true);
    });
    surface.addEventListener('dragleave', (event) => {
      if (!surface.contains(/** @type {Node | null} */ (event.relatedTarget))) mark(false);
    });
    surface.addEventListener('drop', (event) => {
      mark(false);
      if (this.take(event.dataTransfer?.files)) event.preventDefault();
    });
  }

  /** @param {FileList | null | undefined} files */
  take(files) {
    if (!files?.length) return false;
    // What comes in without the dialog is taken for a photo.
    if (!this.dialog.open) this.hideFaces(true);
    const kind = this.dialog.open ? this.kind : 'photo';
    this.dialog.close();
    this.read(kind, files[0], kind !== 'paper' && this.hidesFaces);
    return true;
  }

  /**
   * Polylines of [x, y] as strokes of the pen, which rounds its line at every point half-way to the
   * next ones: far apart they give a smooth curve, close together a corner.
   *
   * @param {[number, number][][]} lines
   * @param {number} width
   * @returns {Stroke[]}
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
          points.push([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]);
        }
      }
      return {
        kind: 'line',
        width,
        color: null,
        points: points.map(([x, y]) => [Sketch.round(x), Sketch.round(y), 0.5]),
      };
    });
  }

  /**
   * Does the line turn by more than 50 degrees at this point?
   * @param {[number, number][]} line
   * @param {number} index
   */
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
