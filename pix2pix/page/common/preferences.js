/** What whoever draws has chosen in the settings; kept in the browser, and never sent. */
export class Preferences {
  /**
   * @param {HTMLElement} surface wears the choices that styles go by
   * @param {boolean} isInClass whether thirty sit in one room
   */
  constructor(surface, isInClass = false) {
    this.surface = surface;
    this.isInClass = isInClass;
    /** @type {Object<string, string>} */
    this.chosen = { ...Preferences.USUAL, ...Preferences.read() };
    this.wear();
  }

  /** The language that was chosen; null for the browser's. */
  get language() {
    return this.chosen.language === 'auto' ? null : this.chosen.language;
  }

  /** What the system asks for; it may change while the page is open. */
  static get motion() {
    return window.matchMedia('(prefers-reduced-motion: reduce)');
  }

  /** Shall nothing move that need not? */
  get isStill() {
    return Preferences.motion.matches || this.chosen.motion === 'less';
  }

  get isAloud() {
    return this.chosen.sound === 'aloud';
  }

  /** Whether the page is to be heard: unless it is calm or in a classroom, or as was chosen. */
  get hasSounds() {
    const { effects } = this.chosen;
    return effects === 'auto' ? this.usuallyHasSounds : effects === 'on';
  }

  set hasSounds(isOn) {
    const chosen = isOn ? 'on' : 'off';
    this.choose('effects', isOn === this.usuallyHasSounds ? 'auto' : chosen);
  }

  get usuallyHasSounds() {
    return !this.isStill && !this.isInClass;
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  choose(name, value) {
    this.chosen[name] = value;
    this.wear();
    try {
      localStorage.setItem(Preferences.KEY, JSON.stringify(this.chosen));
    } catch {
      // Not allowed: then it holds until the page is loaded again.
    }
  }

  wear() {
    this.surface.dataset.hand = this.chosen.hand;
    this.surface.dataset.motion = this.chosen.motion;
  }

  /** Takes no more from the storage than what is known, and text. */
  static read() {
    try {
      const stored = JSON.parse(localStorage.getItem(Preferences.KEY) ?? '{}') ?? {};
      const known = Object.keys(Preferences.USUAL).filter(
        (name) => typeof stored[name] === 'string',
      );
      return Object.fromEntries(known.map((name) => [name, stored[name]]));
    } catch {
      return {};
    }
  }
}

Preferences.KEY = 'i-canvas-settings';
Preferences.USUAL = {
  hand: 'right',
  language: 'auto',
  motion: 'auto',
  sound: 'quiet', // whether the page is read aloud
  effects: 'auto', // whether pen, choices and stars are heard
  engine: 'auto', // who makes the pictures
};
