import { Dialog } from '../common/dialog.js';
import { find } from '../common/find.js';

/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { Preferences } from '../common/preferences.js' */
/** @import { Texts } from '../common/texts.js' */

/** The settings: hand, language, motion, sound, engine. Every choice holds at once. */
export class Settings extends Dialog {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {Preferences} uses.preferences
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events is told 'language-changed'
   * @param {boolean} uses.hasEngines whether server and browser can both make the pictures
   */
  constructor({ root, texts, preferences, spoken, events, hasEngines }) {
    super('settings', { root, texts });
    this.preferences = preferences;
    this.spoken = spoken;
    this.events = events;
    this.find('.engines').hidden = !hasEngines;
    this.dialog.addEventListener('change', ({ target }) => {
      const { name, value } = /** @type {HTMLInputElement} */ (target);
      this.choose(name, value);
    });
  }

  onOpen() {
    this.languages();
    for (const [name, value] of Object.entries(this.preferences.chosen)) {
      /** @type {HTMLInputElement | null} */
      const input = this.dialog.querySelector(
        `input[name="${name}"][value="${CSS.escape(value)}"]`,
      );
      if (input) input.checked = true; // a language that was chosen may be gone
    }
  }

  /** Every language by its own name, after the browser's. */
  languages() {
    const list = this.find('.languages');
    if (list.children.length > 1) return;
    for (const [language, words] of Object.entries(this.texts.locales)) {
      const label = /** @type {HTMLElement} */ (find(list, 'label').cloneNode(true));
      const name = find(label, 'span');
      name.removeAttribute('data-text');
      name.textContent = words.language;
      name.lang = language;
      find(label, 'input', HTMLInputElement).value = language;
      list.append(label);
    }
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  choose(name, value) {
    this.preferences.choose(name, value);
    if (name === 'language') this.translate();
  }

  translate() {
    this.texts.use(this.preferences.language);
    this.spoken.say(null); // what was told has been heard
    this.texts.apply(this.root);
    this.events.dispatchEvent(new Event('language-changed'));
  }
}
