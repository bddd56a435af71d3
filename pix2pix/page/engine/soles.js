import { boxesOf, drawingBox } from './components.js';
import { dabAt, findDabs } from './hints.js';
import { findParts, meet } from './regions.js';

/** @import { Constants } from './constants.js' */
/** @import { Colour } from './hints.js' */
/** @import { Region } from './regions.js' */

/**
 * Adds a light dab on the sole of a drawn shoe, if it has one.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Uint8ClampedArray} hints RGBA; a sole with a dab keeps it
 * @param {Colour | null} colour of a dab on each other part
 * @param {Constants} constants
 */
export function addSole(edges, size, hints, colour, constants) {
  const { GAPS, SOLE } = constants.soles;
  const parts = findParts(edges, size, GAPS, constants);
  const sole = findSole(edges, size, parts, constants);
  if (!sole || meet(sole.mask, findDabs(hints))) return hints;
  const dabbed = hints.slice();
  for (const part of parts) {
    const made = part === sole ? SOLE : colour;
    if (made) dabAt(dabbed, size, part.middle, Math.max(1, size >> 7), made);
  }
  return dabbed;
}

/**
 * The part that runs along the lower end of a drawing, beneath another one.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Region[]} parts
 * @param {Constants} constants
 */
export function findSole(edges, size, parts, { soles }) {
  if (parts.length < 2) return null;
  const drawing = drawingBox(edges, size);
  const lowest = [...parts].sort((one, other) => other.centre[1] - one.centre[1]);
  const sole = lowest.find(({ mask }) => {
    const { top, width, height } = boxesOf(mask, size, 2)[1];
    const isLow = top + height + soles.LEVEL >= drawing.top + (1 - soles.LOW) * drawing.height;
    const isFlat = height <= Math.min(soles.FLAT * width, soles.SHARE * drawing.height);
    return isLow && isFlat && width >= soles.WIDE * drawing.width;
  });
  return sole ?? null;
}
