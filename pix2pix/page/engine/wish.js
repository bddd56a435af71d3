/**
 * A request of the page, see pix2pix/page/protocol.py.
 *
 * @typedef {object} Wish
 * @property {number} id
 * @property {string} kind
 * @property {string} domain
 * @property {string} drawing a data URL
 * @property {string} [hints] a data URL, or ''
 * @property {number} [seed]
 * @property {boolean} [accent]
 * @property {number} [size]
 */

/**
 * What the page asks a worker for while nothing is drawn, see warmup.js; the answer is `{warmed}`.
 *
 * @typedef {{kind: 'warm', domain: string}} Warming
 */

const MADE_HERE = ['draw', 'variants', 'sticker'];

/**
 * Whether a browser can answer a request; the other kinds need networks that only a server has.
 *
 * @param {string} kind
 */
export function isMadeHere(kind) {
  return MADE_HERE.includes(kind);
}
