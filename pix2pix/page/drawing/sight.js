import { COLORS } from './pens.js';

/** @import { Planes } from './planes.js' */

/**
 * What can honestly be seen of a drawing: closed parts, and where its colours lie, on a coarse grid.
 */
export class Sight {
  /** @param {Planes} planes what the model sees */
  constructor(planes) {
    const read = ({ canvas }) =>
      canvas.getContext('2d').getImageData(0, 0, planes.side, planes.side);
    this.step = planes.side / Sight.SIDE;
    this.hints = read(planes.hints).data;
    this.ink = this.cells(read(planes.lines).data);
    this.walls = Sight.widen(this.ink);
    this.rooms = this.fill();
  }

  /** How many parts are closed. */
  get parts() {
    return this.rooms.length;
  }

  /** Which part of the paper is enclosed, 0 to 1. */
  get closed() {
    return this.rooms.reduce((sum, size) => sum + size, 0) / Sight.SIDE ** 2;
  }

  /** Does a dab of this colour, or of its family, lie there? `where` as in docs/missions.md. */
  has(colour, where) {
    const box = this.box();
    const wanted = Sight.family(colour);
    let found = 0;
    this.eachDab((name, x, y) => {
      if (Sight.family(name) === wanted && this.isAt(where, x, y, box)) found += 1;
    });
    return found >= Sight.DAB;
  }

  /** 1 where a line goes through a cell of the grid. */
  cells(data) {
    const cells = new Uint8Array(Sight.SIDE ** 2);
    const side = Sight.SIDE * this.step;
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        if (data[(y * side + x) * 4 + 3] < 96) continue;
        cells[Math.floor(y / this.step) * Sight.SIDE + Math.floor(x / this.step)] = 1;
      }
    }
    return cells;
  }

  /** Lines so wide that a gap, as a hand leaves it, is closed. */
  static widen(ink) {
    const { SIDE, REACH } = Sight;
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

  /** Fills from outside, then every room that is left; returns the rooms' sizes in cells. */
  fill() {
    const { SIDE } = Sight;
    this.seen = this.walls.slice();
    for (let side = 0; side < SIDE; side += 1) {
      for (const place of [side, side * SIDE, side * SIDE + SIDE - 1, SIDE * (SIDE - 1) + side]) {
        this.flood(place);
      }
    }
    this.outside = this.seen.map((isSeen, place) => (isSeen && !this.walls[place] ? 1 : 0));
    const rooms = this.seen.reduce((sizes, _, place) => {
      if (!this.seen[place]) sizes.push(this.flood(place));
      return sizes;
    }, []);
    return rooms.filter((size) => size >= Sight.ROOM);
  }

  flood(start) {
    const { SIDE } = Sight;
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

  /** The box around all lines in parts of the side, the whole paper if there are none. */
  box() {
    let [left, top, right, bottom] = [1, 1, 0, 0];
    this.ink.forEach((isInk, place) => {
      if (!isInk) return;
      const [x, y] = [
        (place % Sight.SIDE) / Sight.SIDE,
        Math.floor(place / Sight.SIDE) / Sight.SIDE,
      ];
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
    });
    return right > left && bottom > top ? { left, top, right, bottom } : Sight.PAPER;
  }

  isAt(where, x, y, box) {
    if (where === 'anywhere') return true;
    if (where === 'inside') return !this.outside[y * Sight.SIDE + x];
    const across = (x / Sight.SIDE - box.left) / (box.right - box.left);
    const down = (y / Sight.SIDE - box.top) / (box.bottom - box.top);
    const isMiddle = (part) => part > 0.25 && part < 0.75;
    return {
      top: down < 0.4,
      bottom: down > 0.6,
      left: across < 0.4,
      right: across > 0.6,
      middle: isMiddle(down) && isMiddle(across),
    }[where];
  }

  eachDab(visit) {
    const side = Sight.SIDE * this.step;
    for (let place = 0; place < Sight.SIDE ** 2; place += 1) {
      const [x, y] = [place % Sight.SIDE, Math.floor(place / Sight.SIDE)];
      const at = (Math.floor(y * this.step) * side + Math.floor(x * this.step)) * 4;
      if (this.hints[at + 3] < 128) continue;
      visit(Sight.name(...this.hints.subarray(at, at + 3)), x, y);
    }
  }

  /** The colour of the palette that is nearest. */
  static name(red, green, blue) {
    const key = (red << 16) | (green << 8) | blue;
    if (!Sight.names.has(key)) {
      const far = (color) => {
        const parts = [1, 3, 5].map((from) => parseInt(color.slice(from, from + 2), 16));
        // The eye tells greens apart best.
        return 2 * (parts[0] - red) ** 2 + 4 * (parts[1] - green) ** 2 + 3 * (parts[2] - blue) ** 2;
      };
      const [nearest] = [...COLORS].sort(([, one], [, other]) => far(one) - far(other));
      Sight.names.set(key, nearest[0]);
    }
    return Sight.names.get(key);
  }

  static family(name) {
    return { lime: 'green', sky: 'blue' }[name] ?? name;
  }
}

Sight.SIDE = 128; // cells
Sight.REACH = 2; // cells that a line is widened by on each side: gaps of 4 % of the side close
Sight.ROOM = 4; // cells; what is smaller is left over between lines
Sight.DAB = 16; // cells; a thousandth of the paper
Sight.PAPER = { left: 0, top: 0, right: 1, bottom: 1 };
Sight.CLOSED = 0.03; // of the paper, for an outline to count as closed
Sight.names = new Map();
