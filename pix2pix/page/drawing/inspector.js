import { COLORS } from './pens.js';

/** @import { Layers } from './layers.js' */

/**
 * @typedef {'anywhere' | 'inside' | 'top' | 'bottom' | 'left' | 'right' | 'middle'} Place
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

/**
 * What can honestly be seen of a drawing: closed parts, and where its colours lie, on a coarse grid.
 */
export class DrawingInspector {
  /** @param {Layers} layers what the model sees */
  constructor(layers) {
    /** @param {CanvasRenderingContext2D} context */
    const read = (context) => context.getImageData(0, 0, layers.side, layers.side);
    this.step = layers.side / DrawingInspector.SIDE;
    this.hints = read(layers.hints).data;
    this.ink = this.cells(read(layers.lines).data);
    this.walls = DrawingInspector.widen(this.ink);
    this.seen = this.walls.slice();
    this.outside = this.floodOutside();
    this.regions = this.floodRegions();
  }

  /** How many parts are closed. */
  get parts() {
    return this.regions.length;
  }

  /** Which part of the paper is enclosed, 0 to 1. */
  get closed() {
    return this.regions.reduce((sum, size) => sum + size, 0) / DrawingInspector.SIDE ** 2;
  }

  /**
   * Does a dab of this colour, or of its family, lie there?
   * @param {string} colour
   * @param {Place} where as in docs/missions.md
   */
  has(colour, where) {
    const box = this.box();
    const wanted = DrawingInspector.family(colour);
    let found = 0;
    this.eachDab((name, x, y) => {
      if (DrawingInspector.family(name) === wanted && this.isAt(where, x, y, box)) found += 1;
    });
    return found >= DrawingInspector.DAB;
  }

  /** The colours of its dabs, those that cover most first. */
  get colours() {
    /** @type {Map<string, number>} */
    const cells = new Map();
    this.eachDab((name) => cells.set(name, (cells.get(name) ?? 0) + 1));
    return [...cells]
      .filter(([, count]) => count >= DrawingInspector.DAB)
      .sort(([, one], [, other]) => other - one)
      .map(([name]) => name);
  }

  /**
   * 1 where a line goes through a cell of the grid.
   * @param {Uint8ClampedArray} data
   */
  cells(data) {
    const cells = new Uint8Array(DrawingInspector.SIDE ** 2);
    const side = DrawingInspector.SIDE * this.step;
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        if (data[(y * side + x) * 4 + 3] < 96) continue;
        cells[Math.floor(y / this.step) * DrawingInspector.SIDE + Math.floor(x / this.step)] = 1;
      }
    }
    return cells;
  }

  /**
   * Lines so wide that a gap, as a hand leaves it, is closed.
   * @param {Uint8Array} ink
   */
  static widen(ink) {
    const { SIDE, REACH } = DrawingInspector;
    const wide = new Uint8Array(ink.length);
    for (let place = 0; place < ink.length; place += 1) {
      if (!ink[place]) continue;
      const [x, y] = [place % SIDE, Math.floor(place / SIDE)];
      for (let down = Math.max(0, y - REACH); down <= Math.min(SIDE - 1, y + REACH); down += 1) {
        const row = down * SIDE;
        wide.fill(1, row + Math.max(0, x - REACH), row + Math.min(SIDE, x + REACH + 1));
      }
    }
    return wide;
  }

  /** Fills from the paper's edges; returns 1 for each cell that is reached. */
  floodOutside() {
    const { SIDE } = DrawingInspector;
    for (let side = 0; side < SIDE; side += 1) {
      for (const place of [side, side * SIDE, side * SIDE + SIDE - 1, SIDE * (SIDE - 1) + side]) {
        this.flood(place);
      }
    }
    return this.seen.map((isSeen, place) => (isSeen && !this.walls[place] ? 1 : 0));
  }

  /** Fills every region that is left; returns their sizes in cells. */
  floodRegions() {
    /** @type {number[]} */
    const sizes = [];
    for (let place = 0; place < this.seen.length; place += 1) {
      if (!this.seen[place]) sizes.push(this.flood(place));
    }
    return sizes.filter((size) => size >= DrawingInspector.LEAST);
  }

  /** @param {number} start */
  flood(start) {
    const { SIDE } = DrawingInspector;
    if (this.seen[start]) return 0;
    const queue = [start];
    this.seen[start] = 1;
    for (let next = 0; next < queue.length; next += 1) {
      const place = queue[next];
      const x = place % SIDE;
      const around = [place - SIDE, place + SIDE];
      if (x > 0) around.push(place - 1);
      if (x < SIDE - 1) around.push(place + 1);
      for (const each of around) {
        if (this.seen[each] !== 0) continue; // a wall, been there, or beside the grid
        this.seen[each] = 1;
        queue.push(each);
      }
    }
    return queue.length;
  }

  /**
   * The box around all lines in parts of the side, the whole paper if there are none.
   * @returns {Box}
   */
  box() {
    let [left, top, right, bottom] = [1, 1, 0, 0];
    this.ink.forEach((isInk, place) => {
      if (!isInk) return;
      const [x, y] = [
        (place % DrawingInspector.SIDE) / DrawingInspector.SIDE,
        Math.floor(place / DrawingInspector.SIDE) / DrawingInspector.SIDE,
      ];
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
    });
    return right > left && bottom > top ? { left, top, right, bottom } : DrawingInspector.PAPER;
  }

  /**
   * @param {Place} where
   * @param {number} x
   * @param {number} y
   * @param {Box} box
   */
  isAt(where, x, y, box) {
    if (where === 'anywhere') return true;
    if (where === 'inside') return !this.outside[y * DrawingInspector.SIDE + x];
    const across = (x / DrawingInspector.SIDE - box.left) / (box.right - box.left);
    const down = (y / DrawingInspector.SIDE - box.top) / (box.bottom - box.top);
    /** @param {number} part */
    const isMiddle = (part) => part > 0.25 && part < 0.75;
    return {
      top: down < 0.4,
      bottom: down > 0.6,
      left: across < 0.4,
      right: across > 0.6,
      middle: isMiddle(down) && isMiddle(across),
    }[where];
  }

  /** @param {(name: string, x: number, y: number) => void} visit */
  eachDab(visit) {
    const side = DrawingInspector.SIDE * this.step;
    for (let place = 0; place < DrawingInspector.SIDE ** 2; place += 1) {
      const [x, y] = [place % DrawingInspector.SIDE, Math.floor(place / DrawingInspector.SIDE)];
      const at = (Math.floor(y * this.step) * side + Math.floor(x * this.step)) * 4;
      if (this.hints[at + 3] < 128) continue;
      const [red, green, blue] = this.hints.subarray(at, at + 3);
      visit(DrawingInspector.name(red, green, blue), x, y);
    }
  }

  /**
   * The colour of the palette that is nearest.
   * @param {number} red
   * @param {number} green
   * @param {number} blue
   */
  static name(red, green, blue) {
    const key = (red << 16) | (green << 8) | blue;
    const known = DrawingInspector.names.get(key);
    if (known) return known;
    /** @param {string} color */
    const far = (color) => {
      const parts = [1, 3, 5].map((from) => parseInt(color.slice(from, from + 2), 16));
      // The eye tells greens apart best.
      return 2 * (parts[0] - red) ** 2 + 4 * (parts[1] - green) ** 2 + 3 * (parts[2] - blue) ** 2;
    };
    const [[nearest]] = [...COLORS].sort(([, one], [, other]) => far(one) - far(other));
    DrawingInspector.names.set(key, nearest);
    return nearest;
  }

  /** @param {string} name */
  static family(name) {
    return DrawingInspector.FAMILIES[name] ?? name;
  }
}

DrawingInspector.SIDE = 128; // cells
DrawingInspector.REACH = 2; // cells that a line is widened by on each side: gaps of 4 % of the side close
DrawingInspector.LEAST = 4; // cells; what is smaller is left over between lines
DrawingInspector.DAB = 16; // cells; a thousandth of the paper
DrawingInspector.PAPER = { left: 0, top: 0, right: 1, bottom: 1 };
DrawingInspector.CLOSED = 0.03; // of the paper, for an outline to count as closed
/** @type {Object<string, string>} */
DrawingInspector.FAMILIES = { lime: 'green', sky: 'blue' };
/** @type {Map<number, string>} */
DrawingInspector.names = new Map();
