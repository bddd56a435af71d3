import { connectedComponents } from './components.js';
import { LINE, PAPER } from './constants.js';
import { findDabs } from './hints.js';
import { closeMask, ellipse, inverted } from './morphology.js';
import { countSet, roundEven } from './numbers.js';
import { hullArea } from './shapes.js';
import { thin } from './thin.js';

/** @import { Components } from './components.js' */
/** @import { Constants } from './constants.js' */

/**
 * Outlines coloured areas: 0 on the rims, one pixel wide, 255 elsewhere.
 * @param {Uint8ClampedArray} hints RGBA
 * @param {number} size
 * @param {Constants} constants
 */
export function crayonRim(hints, size, constants) {
  const { rim } = findContours(hints, size, constants);
  return thin(rim, size, size).map((isRim) => (isRim ? LINE : PAPER));
}

/**
 * Is colour what was drawn, and are lines, if any, only features on it?
 * @param {Uint8Array} edges
 * @param {Uint8ClampedArray} hints RGBA
 * @param {number} size
 * @param {Constants} constants
 */
export function isBody(edges, hints, size, constants) {
  const { WITHIN, PAPER: MOST, FEATURES } = constants.colouredArea;
  if (!findDabs(hints).includes(1)) return false;
  const { area } = findContours(hints, size, constants);
  const covered = countSet(area);
  if (covered === 0 || covered / area.length >= MOST) return false;
  /** @type {[number, number][]} */
  const lines = [];
  let within = 0;
  edges.forEach((tone, at) => {
    if (tone !== LINE) return;
    lines.push([Math.floor(at / size), at % size]);
    within += area[at];
  });
  if (lines.length === 0) return true;
  return within / lines.length >= WITHIN && hullArea(lines) < FEATURES * covered;
}

/**
 * Coloured areas without the small holes that were missed in them, and their rims.
 *
 * Contours nest, and areas fill by turns, as `cv2.drawContours` does it: what is within an even
 * number of contours is paper.
 * @param {Uint8ClampedArray} hints RGBA
 * @param {number} size
 * @param {Constants} constants
 */
function findContours(hints, size, { colouredArea }) {
  const scale = size / colouredArea.SIZE;
  const disc = ellipse(Math.max(1, roundEven(colouredArea.GAP * scale)));
  const filled = closeMask(findDabs(hints), size, size, disc);
  const parts = connectedComponents(filled, size, size, 8);
  // A frame of paper, so that all that is beside the areas is connected.
  const wide = size + 2;
  const gaps = connectedComponents(inverted(framed(filled, size)), wide, wide, 4);
  const { depths, isKept } = nesting(parts, gaps, size, colouredArea.HOLE * scale ** 2);
  const rim = new Uint8Array(filled.length);
  const area = new Uint8Array(filled.length);
  for (let at = 0; at < filled.length; at += 1) {
    const part = parts.labels[at];
    const place = inFrame(at, size);
    if (!part) {
      area[at] = depths.gaps[gaps.labels[place]] % 2;
      continue;
    }
    /** @param {number} gap */
    const ends = (gap) => gap > 0 && (depths.owners[gap] !== part || isKept[gap]);
    const isRim =
      ends(gaps.labels[place - 1]) ||
      ends(gaps.labels[place + 1]) ||
      ends(gaps.labels[place - wide]) ||
      ends(gaps.labels[place + wide]);
    rim[at] = isRim ? 1 : 0;
    area[at] = isRim ? 1 : depths.parts[part] % 2;
  }
  return { rim, area };
}

/**
 * Within how many contours each part and each gap lies, and which gaps count as such.
 * @param {Components} parts
 * @param {Components} gaps in a frame
 * @param {number} size
 * @param {number} least area of a hole
 */
function nesting(parts, gaps, size, least) {
  const areas = holeAreas(gaps, size + 2);
  const depths = { parts: [0], gaps: [0, 0], owners: [0, 0] };
  const isKept = [false, true];
  // In the order of their first pixels: what is outside of a part or a gap begins before it.
  for (let at = 0; at < parts.labels.length; at += 1) {
    const place = inFrame(at, size);
    const part = parts.labels[at];
    const gap = gaps.labels[place];
    if (part && depths.parts[part] === undefined) {
      depths.parts[part] = depths.gaps[gaps.labels[place - 1]] + 1;
    } else if (gap && depths.gaps[gap] === undefined) {
      const owner = parts.labels[at - 1];
      isKept[gap] = areas[gap] >= least;
      depths.owners[gap] = owner;
      depths.gaps[gap] = depths.parts[owner] + (isKept[gap] ? 1 : 0);
    }
  }
  return { depths, isKept };
}

/**
 * The area within the contour of each gap, which runs through the middles of the pixels around it.
 * @param {Components} gaps
 * @param {number} wide
 */
function holeAreas({ count, labels }, wide) {
  const areas = new Float64Array(count + 1);
  if (count === 1) return areas; // the paper around
  for (let at = wide + 1; at < labels.length; at += 1) {
    // Beside holes only, the frame and what is coloured being label 1 and 0.
    const most = Math.max(labels[at], labels[at - 1], labels[at - wide], labels[at - wide - 1]);
    if (most < 2) continue;
    const corners = [labels[at], labels[at - 1], labels[at - wide], labels[at - wide - 1]];
    for (const label of new Set(corners)) {
      areas[label] += corners.filter((each) => each === label).length > 1 ? 1 : 0.5;
    }
  }
  return areas;
}

/**
 * @param {Uint8Array} mask
 * @param {number} size
 */
function framed(mask, size) {
  const out = new Uint8Array((size + 2) ** 2);
  for (let y = 0; y < size; y += 1) {
    out.set(mask.subarray(y * size, (y + 1) * size), (y + 1) * (size + 2) + 1);
  }
  return out;
}

/**
 * @param {number} at
 * @param {number} size
 */
function inFrame(at, size) {
  const y = (at / size) | 0;
  return (y + 1) * (size + 2) + at - y * size + 1;
}
