/** @import named from './constants.json' */

/**
 * What Python's modules name in capitals, by module; `python -m docs.constants` writes it.
 *
 * @typedef {typeof named} Constants
 */

/**
 * A picture as a canvas has it: RGBA.
 *
 * @typedef {{width: number, height: number, data: Uint8ClampedArray}} Picture
 */

export const LINE = 0; // in an edge map
export const PAPER = 255;
