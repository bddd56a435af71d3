/**
 * A kind of picture, as `settings` in assets.py gives it: its name and the names of its starters by
 * language, the strokes as SVG path data in the unit square; `demo` marks the one that is shown to
 * whoever has not drawn yet.
 *
 * @typedef {Object<string, string>} Names
 * @typedef {{name: Names, strokes: string[], demo?: boolean}} Starter
 * @typedef {{id: string, title: Names, icon: string, starters: Starter[]}} Domain
 */

/** The kinds of picture there are, and the chosen one. */
export class Domains {
  /**
   * @param {Domain[]} all
   * @param {string} start the id of the first to be chosen
   */
  constructor(all, start) {
    this.all = all;
    this.chosen = this.find(start) ?? all[0];
  }

  /**
   * @param {string | undefined} id
   * @returns {Domain | undefined} undefined if this page does not know it
   */
  find(id) {
    return this.all.find((each) => each.id === id);
  }
}
