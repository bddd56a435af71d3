import { connectedComponents, floodFromBorder } from './components.js';
import { distanceTransform, nearest } from './distance.js';
import { dilate, growWithin, inverted, rectangle } from './morphology.js';
import { clip } from './numbers.js';

/** @import { Constants } from './constants.js' */

/** A part of a drawing enclosed by lines. */
export class Region {
  /**
   * @param {Uint8Array} mask of 0 and 1, slightly inside the lines
   * @param {number} size side of the mask
   * @param {number} area
   * @param {[x: number, y: number]} centre of mass
   * @param {number} middle where it is widest, as an index
   */
  constructor(mask, size, area, centre, middle) {
    this.mask = mask;
    this.size = size;
    this.area = area;
    this.centre = centre;
    this.middle = middle;
    /** @type {Uint8Array | null} */
    this.outside = null;
    /** @type {number | null} */
    this.within = null;
  }

  /** 1 where it, or what lies in it, is not. */
  get around() {
    this.outside ??= floodFromBorder(this.mask, this.size, this.size, true);
    return this.outside;
  }

  /** The area within its outer contour, which runs through the middles of its pixels. */
  get outlineArea() {
    this.within ??= this.measure();
    return this.within;
  }

  measure() {
    const { around, size } = this;
    let area = 0;
    for (let at = size + 1; at < around.length; at += 1) {
      if (at % size === 0) continue;
      const beyond = around[at] + around[at - 1] + around[at - size] + around[at - size - 1];
      area += beyond === 0 ? 1 : beyond === 1 ? 0.5 : 0;
    }
    return area;
  }

  /**
   * Does the widest place of another region lie within this one's outline?
   * @param {Region} other
   */
  surrounds({ middle }) {
    const { around, mask, size } = this;
    if (around[middle]) return false;
    const x = middle % size;
    const isRim =
      x === 0 ||
      x === size - 1 ||
      middle < size ||
      middle >= mask.length - size ||
      around[middle - 1] ||
      around[middle + 1] ||
      around[middle - size] ||
      around[middle + size];
    return !(mask[middle] && isRim);
  }
}

/** @type {WeakMap<Uint8Array, Map<string, unknown>>} what is known of edge maps, which stay as made */
const memory = new WeakMap();

/**
 * What `find` finds of an edge map, looked for only once.
 * @template T
 * @param {Uint8Array} edges
 * @param {string} name
 * @param {() => T} find
 * @returns {T} not to be changed
 */
export function remembered(edges, name, find) {
  const known = memory.get(edges) ?? new Map();
  memory.set(edges, known);
  if (!known.has(name)) known.set(name, find());
  return known.get(name);
}

/**
 * How far each pixel is from the lines; not to be changed.
 * @param {Uint8Array} edges
 * @param {number} size
 */
export function lineDistance(edges, size) {
  return remembered(edges, 'distance', () => distanceTransform(edges, size, size, 3));
}

/**
 * Lines as thick as `gap`, 1 where they are.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {number} gap px; narrower gaps close
 */
function thickLines(edges, size, gap) {
  return remembered(edges, `lines ${gap}`, () => {
    const lines = new Uint8Array(edges.length);
    for (let at = 0; at < lines.length; at += 1) lines[at] = edges[at] ? 0 : 1;
    return gap > 1 ? dilate(lines, size, size, rectangle(gap)) : lines;
  });
}

/**
 * The regions that the lines of an edge map enclose, without the smallest.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {number} gap px; narrower gaps count as closed, and masks keep half of it from the lines
 * @param {Constants} constants
 */
export function findRegions(edges, size, gap, constants) {
  return remembered(edges, `regions ${gap}`, () => enclosedRegions(edges, size, gap, constants));
}

/**
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {number} gap
 * @param {Constants} constants
 */
function enclosedRegions(edges, size, gap, { regions }) {
  const free = inverted(thickLines(edges, size, gap));
  const least = regions.LEAST * edges.length;
  const { count, labels, areas, centres } = connectedComponents(free, size, size, 4);
  const width = distanceTransform(free, size, size, 5);
  const corners = [0, size - 1, labels.length - size, labels.length - 1];
  const outside = new Set(corners.map((at) => labels[at]));
  /** @type {Region[]} */
  const found = [];
  for (let label = 1; label <= count; label += 1) {
    if (areas[label] < least || outside.has(label)) continue;
    const mask = new Uint8Array(labels.length);
    let middle = labels.indexOf(label);
    for (let at = middle; at < labels.length; at += 1) {
      if (labels[at] !== label) continue;
      mask[at] = 1;
      if (width[at] > width[middle]) middle = at;
    }
    found.push(new Region(mask, size, areas[label], centres[label], middle));
  }
  return found;
}

/**
 * The regions that lines enclose, then those that they enclose but for a wider gap.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {number[]} gaps px, from narrow to wide
 * @param {Constants} constants
 */
export function findParts(edges, size, gaps, constants) {
  /** @type {Region[]} */
  const parts = [];
  const taken = new Uint8Array(edges.length);
  for (const gap of gaps) {
    const more = findRegions(edges, size, gap, constants).filter(({ mask }) => !meet(mask, taken));
    for (const { mask } of more) unite(taken, mask);
    parts.push(...more);
  }
  return parts;
}

/**
 * The first of the largest regions.
 * @param {Region[]} parts at least one
 */
export function largestOf(parts) {
  return parts.reduce((most, part) => (part.area > most.area ? part : most));
}

/**
 * Do two masks have a pixel in common?
 * @param {Uint8Array} mask
 * @param {Uint8Array} other
 */
export function meet(mask, other) {
  for (let at = 0; at < mask.length; at += 1) if (mask[at] & other[at]) return true;
  return false;
}

/**
 * Adds one mask to another, in place.
 * @param {Uint8Array} mask
 * @param {Uint8Array} more
 */
export function unite(mask, more) {
  for (let at = 0; at < mask.length; at += 1) mask[at] |= more[at];
}

/**
 * What the border of the paper reaches, and what lines enclose, both without the lines; not to be
 * changed.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {number} gap px; the flood passes through wider gaps
 * @param {boolean} fromBelow whether the lower border counts, too, where shoulders end
 */
export function flood(edges, size, gap, fromBelow) {
  return remembered(edges, `flood ${gap} ${fromBelow}`, () => {
    const walls = thickLines(edges, size, gap);
    const reached = floodFromBorder(walls, size, size, fromBelow);
    const enclosed = new Uint8Array(walls.length);
    for (let at = 0; at < walls.length; at += 1) enclosed[at] = walls[at] | reached[at] ? 0 : 1;
    return { reached, enclosed };
  });
}

/**
 * What lines enclose, up to the lines, or everything if they enclose nothing; not to be changed.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
export function closedArea(edges, size, { regions }) {
  return remembered(edges, 'closed', () => {
    const { enclosed } = flood(edges, size, regions.HAND_GAP, false);
    if (!enclosed.includes(1)) return new Uint8Array(edges.length).fill(1);
    return dilate(enclosed, size, size, rectangle(regions.HAND_GAP));
  });
}

/**
 * Is an edge map that of a photo, told by its many ends of lines?
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
export function isOfPhoto(edges, size, { regions }) {
  const lines = thickLines(edges, size, 1);
  let ends = 0;
  for (let at = lines.indexOf(1); at >= 0; at = lines.indexOf(1, at + 1)) {
    const [x, y] = [at % size, Math.floor(at / size)];
    let near = 0;
    for (let row = Math.max(0, y - 1); row <= Math.min(size - 1, y + 1); row += 1) {
      for (let column = Math.max(0, x - 1); column <= Math.min(size - 1, x + 1); column += 1) {
        near += lines[row * size + column];
      }
    }
    if (near === 2) ends += 1;
  }
  return ends > regions.MOST_ENDS;
}

/**
 * On how many sides of each pixel there is a line, 0 to 4.
 * @param {Uint8Array} edges
 * @param {number} size
 */
export function lineSides(edges, size) {
  const sides = new Uint8Array(edges.length);
  for (let across = 0; across < size; across += 1) {
    for (const [start, step] of [
      [across, size],
      [across + size * (size - 1), -size],
      [across * size, 1],
      [across * size + size - 1, -1],
    ]) {
      let seen = 0;
      for (let count = 0, at = start; count < size; count += 1, at += step) {
        if (!edges[at]) seen = 1;
        sides[at] += seen;
      }
    }
  }
  return sides;
}

/**
 * Grows a flooded region up to the lines, but not beyond them.
 * @param {Uint8Array} inside
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {number} gap px, twice as far as it grows
 * @param {boolean} [strictly] not to slip through a slanted line of one pixel
 */
export function toTheLines(inside, edges, size, gap, strictly = false) {
  return growWithin(inside, edges, size, size, gap >> 1, !strictly);
}

/**
 * Watershed of the drawing from labelled markers (Meyer 1992, as in OpenCV): labels of 1 or more.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Int32Array} markers 0 where nothing is known
 * @param {Constants} constants
 */
export function watershed(edges, size, markers, { regions }) {
  const distance = lineDistance(edges, size);
  const wide = size + 2; // the rim stays unlabelled
  const relief = new Uint8Array(wide * wide);
  const labels = new Int32Array(wide * wide).fill(BORDER);
  for (let y = 0; y < wide; y += 1) {
    const row = clip(y - 1, 0, size - 1) * size;
    for (let x = 0; x < wide; x += 1) {
      const from = row + clip(x - 1, 0, size - 1);
      const fall = Math.fround(1 - Math.fround(distance[from] / regions.RIDGE));
      relief[y * wide + x] = Math.fround(255 * clip(fall));
      const isRim = x === 0 || y === 0 || x === wide - 1 || y === wide - 1;
      if (!isRim) labels[y * wide + x] = markers[from];
    }
  }
  fillBasins(relief, labels, wide);
  const known = new Uint8Array(size * size);
  const inner = new Int32Array(size * size);
  for (let y = 0; y < size; y += 1) {
    const row = (y + 1) * wide + 1;
    inner.set(labels.subarray(row, row + size), y * size);
  }
  for (let at = 0; at < inner.length; at += 1) known[at] = inner[at] > 0 ? 1 : 0;
  const source = nearest(known, size, size);
  return inner.map((label, at) => (label > 0 ? label : inner[source[at]]));
}

const BORDER = -1; // between basins
const QUEUED = -2;
const LEVELS_OF_RELIEF = 256;

/**
 * Labels spread, first to where the relief is most alike.
 * @param {Uint8Array} relief
 * @param {Int32Array} labels changed in place
 * @param {number} wide
 */
function fillBasins(relief, labels, wide) {
  // A queue for each step of the relief: its first and last pixel, and behind each pixel the next.
  const heads = new Int32Array(LEVELS_OF_RELIEF);
  const tails = new Int32Array(LEVELS_OF_RELIEF);
  const behind = new Int32Array(labels.length);
  /**
   * @param {number} at
   * @param {number} level
   */
  const push = (at, level) => {
    if (heads[level]) behind[tails[level]] = at;
    else heads[level] = at; // never 0, which lies on the rim
    tails[level] = at;
    labels[at] = QUEUED;
  };
  const sides = [-1, 1, -wide, wide];
  for (let at = wide + 1; at < labels.length - wide - 1; at += 1) {
    if (labels[at] !== 0) continue;
    let least = LEVELS_OF_RELIEF;
    for (let turn = 0; turn < 4; turn += 1) {
      const other = at + sides[turn];
      if (labels[other] <= 0) continue;
      const step = Math.abs(relief[at] - relief[other]);
      if (step < least) least = step;
    }
    if (least < LEVELS_OF_RELIEF) push(at, least);
  }
  let active = 0;
  while (active < LEVELS_OF_RELIEF) {
    const at = heads[active];
    if (!at) {
      active += 1;
      continue;
    }
    heads[active] = at === tails[active] ? 0 : behind[at];
    let label = 0;
    for (let turn = 0; turn < 4; turn += 1) {
      const other = labels[at + sides[turn]];
      if (other > 0) label = label === 0 || label === other ? other : BORDER;
    }
    labels[at] = label;
    if (label === BORDER) continue;
    for (let turn = 0; turn < 4; turn += 1) {
      const next = at + sides[turn];
      if (labels[next] !== 0) continue;
      const step = Math.abs(relief[at] - relief[next]);
      push(next, step);
      if (step < active) active = step;
    }
  }
}
