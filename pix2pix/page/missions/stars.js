/** Which missions have a star, and which of these are big; they stay in this browser. */
export const Stars = {
  KEY: 'i-canvas-stars',
  SMALL: 'i-canvas-small-stars', // a part of them; before there were two sizes, all were big

  /** @returns {Map<string, boolean>} whether the star is a big one, by the id of its mission */
  all() {
    const small = new Set(Stars.read(Stars.SMALL));
    return new Map(Stars.read(Stars.KEY).map((id) => [id, !small.has(id)]));
  },

  /**
   * A big star stays big, and a small one can become so.
   * @param {string} id of a mission
   * @param {boolean} isBig
   */
  add(id, isBig) {
    const stars = Stars.all();
    stars.set(id, isBig || stars.get(id) === true);
    const ids = [...stars.keys()];
    Stars.write(Stars.KEY, ids);
    Stars.write(
      Stars.SMALL,
      ids.filter((each) => !stars.get(each)),
    );
  },

  /**
   * @param {string} key
   * @returns {string[]}
   */
  read(key) {
    try {
      const stored = JSON.parse(localStorage.getItem(key) ?? '[]');
      return Array.isArray(stored) ? stored : [];
    } catch {
      return []; // not allowed, or nothing that can be read
    }
  },

  /**
   * @param {string} key
   * @param {string[]} ids
   */
  write(key, ids) {
    try {
      localStorage.setItem(key, JSON.stringify(ids));
    } catch {
      // Storage is full or not allowed: the star is shown all the same.
    }
  },
};
