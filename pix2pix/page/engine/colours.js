import { dabsWithin, meantParts } from './crayons.js';
import { findFaces } from './faces.js';
import { addAccent, addLook, findDabs, paletteHint, parseColour, spreadHints } from './hints.js';
import { addHarmony } from './ink.js';
import { toLab } from './lab.js';
import { addSole } from './soles.js';

/** @import { Constants } from './constants.js' */
/** @import { Colour } from './hints.js' */

/**
 * What a domain's `config.json` says about its pictures.
 *
 * @typedef {object} Config
 * @property {number} size
 * @property {string[]} [palette]
 * @property {string[][]} [looks]
 * @property {number[][] | null} [places]
 * @property {boolean} [tinted]
 * @property {boolean} [inked]
 * @property {boolean} [has_face]
 * @property {boolean} [bright_eyes]
 * @property {boolean} [has_sole]
 * @property {boolean} [has_wheels]
 * @property {boolean} [has_holes]
 * @property {number} [local_contrast]
 * @property {number} [line_margin]
 * @property {number | null} [hint_strength]
 */

/**
 * The hint plane of a drawing, as from `spreadHints`, and where it was dabbed.
 * @param {Uint8Array} edges
 * @param {Uint8ClampedArray} hints RGBA in the frame of the edge map
 * @param {number | null} seed null leaves the colours to the generator
 * @param {boolean} accent
 * @param {Config} config
 * @param {Constants} constants
 * @returns {{plane: Float32Array, dabs: Uint8Array}}
 */
export function colourPlane(edges, hints, seed, accent, config, constants) {
  const { size } = config;
  let placed = dabsWithin(edges, size, hints, constants);
  let dabs = findDabs(placed);
  /** @param {Uint8ClampedArray} dabbed */
  const spread = (dabbed) => spreadHints(edges, size, dabbed, constants);
  const looks = config.looks ?? [];
  if (looks.length && seed !== null) {
    const look = looks[shuffled(looks.length, seed, constants)].map(parseColour);
    const isLimbs = Boolean(config.line_margin);
    const heads = config.has_face
      ? findFaces(edges, size, constants).map(({ head }) => head)
      : null;
    placed = addLook(edges, size, placed, config.places ?? [], look, isLimbs, heads, constants);
    return { plane: spread(placed), dabs };
  }
  const turns = inTurn((config.palette ?? []).map(parseColour));
  const colour = seed !== null && turns.length ? turns[remainder(seed, turns.length)] : null;
  const isTinted = config.tinted ?? true;
  if (dabs.includes(1)) {
    if (accent && colour) {
      placed = addAccent(edges, size, placed, colour);
    }
    if (config.has_sole) placed = addSole(edges, size, placed, null, constants);
    dabs = findDabs(placed);
    const plane = spread(placed);
    return { plane: isTinted ? plane : within(plane, edges, dabs, size, constants), dabs };
  }
  if (!colour || !(accent || isTinted)) return { plane: new Float32Array(4 * edges.length), dabs };
  if (config.inked) {
    placed = addHarmony(edges, size, placed, colour, constants);
  } else if (config.has_sole) {
    placed = addSole(edges, size, placed, colour, constants);
  }
  dabs = findDabs(placed);
  if (dabs.includes(1)) return { plane: spread(placed), dabs };
  return { plane: paletteHint(colour, size), dabs };
}

/**
 * A plane within the closed parts that were dabbed, or else beside all closed parts.
 * @param {Float32Array} plane
 * @param {Uint8Array} edges
 * @param {Uint8Array} dabs
 * @param {number} size
 * @param {Constants} constants
 */
function within(plane, edges, dabs, size, constants) {
  const parts = meantParts(edges, size, dabs, constants);
  return plane.map((value, at) => (parts[at % parts.length] ? value : 0));
}

/**
 * As Python's %: never negative.
 * @param {number} value
 * @param {number} by
 */
function remainder(value, by) {
  return ((value % by) + by) % by;
}

/**
 * Which of some choices a seed takes: shuffled, since neighbours look alike.
 * @param {number} count
 * @param {number} seed
 * @param {Constants} constants
 */
function shuffled(count, seed, constants) {
  const order = constants.shuffled[count];
  if (!order) throw new RangeError(`The page knows no order of ${count} looks.`);
  return order[remainder(seed, count)];
}

/**
 * A palette in an order in which each colour is as far from the three before it as can be.
 * @param {Colour[]} palette
 */
function inTurn(palette) {
  const labs = palette.map((colour) => toLab(colour));
  /** @param {number[]} values */
  const mostOf = (values) =>
    values.reduce((best, value, at) => (value > values[best] ? at : best), 0);
  /** @type {number[]} */
  const order = [];
  while (order.length < palette.length) {
    const worth = order.length
      ? labs.map((lab, at) =>
          order.includes(at)
            ? -1
            : Math.min(...order.slice(-3).map((place) => colourDistance(lab, labs[place]))),
        )
      : labs.map(([, a, b]) => Math.hypot(a, b)); // a bright one first
    order.push(mostOf(worth));
  }
  return order.map((place) => palette[place]);
}

/**
 * @param {Float32Array} one
 * @param {Float32Array} other
 */
function colourDistance(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}
