/** @import { Drawing } from '../drawing/sketch.js' */

/** @typedef {{points: number, picture: Blob}} Snapshot */

/**
 * What is kept of a drawing, in the store's "drawings": one record for every domain it was turned
 * into. `drawing` as Sketch.toJSON gives it, `moments` see snapshots.js, `kept` by the heart, `made` and
 * `changed` in ms, `writer` the page (see draft.js) that wrote it last.
 *
 * @typedef {object} AlbumRecord
 * @property {string} id
 * @property {string} name
 * @property {string} domain
 * @property {Drawing} drawing
 * @property {Blob} picture
 * @property {Snapshot[]} moments
 * @property {boolean} kept
 * @property {number} made
 * @property {number} changed
 * @property {string} writer
 */

/**
 * The id of the record of what is on the drawing table.
 * @param {{sketch: {id: string}, domain: {id: string}}} table
 */
export function recordId({ sketch, domain }) {
  return sketch.id + '.' + domain.id;
}
