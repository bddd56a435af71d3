/** What the teacher's link has after its #: kept by the tab, and taken out of the address on screen. */
export const TeacherKey = {
  NAME: 'i-canvas-teacher',

  /** @returns {string} empty if the page was opened without one */
  take() {
    // A link that is opened where the page is already does not load it again.
    window.addEventListener('hashchange', () => window.location.reload());
    const given = window.location.hash.slice(1);
    try {
      if (given) sessionStorage.setItem(TeacherKey.NAME, given);
      window.history.replaceState(null, '', window.location.pathname);
      return sessionStorage.getItem(TeacherKey.NAME) ?? '';
    } catch {
      return given; // nothing may be stored: then it stays in the address
    }
  },

  forget() {
    try {
      sessionStorage.removeItem(TeacherKey.NAME);
    } catch {
      // It was never stored.
    }
  },
};
