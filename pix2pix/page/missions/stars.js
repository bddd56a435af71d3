/** Which missions have a star; they stay in this browser. */
export const Stars = {
  KEY: 'i-canvas-stars',

  /** @returns {Set<string>} the ids of missions */
  all() {
    try {
      const stored = JSON.parse(localStorage.getItem(Stars.KEY) ?? '[]');
      return new Set(Array.isArray(stored) ? stored : []);
    } catch {
      return new Set(); // not allowed, or nothing that can be read
    }
  },

  /** @param {string} id of a mission */
  add(id) {
    try {
      localStorage.setItem(Stars.KEY, JSON.stringify([...Stars.all().add(id)]));
    } catch {
      // Storage is full or not allowed: the star is shown all the same.
    }
  },
};
