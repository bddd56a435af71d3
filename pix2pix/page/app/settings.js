import { Dialog } from '../common/dialog.js';

/** @import { App } from './app.js' */

/** The settings: hand, language, motion, sound. Every choice holds at once. */
export class Settings extends Dialog {
  /** @param {App} app */
  constructor(app) {
    super(app, 'settings');
    this.preferences = app.preferences;
    this.dialog.addEventListener('change', ({ target }) => {
      const { name, value } = /** @type {HTMLInputElement} */ (target);
      this.choose(name, value);
    });
  }

  onOpen() {
    this.languages();
    for (const [name, value] of Object.entries(this.preferences.chosen)) {
      const input = this.find(`input[name="${name}"][value="${CSS.escape(value)}"]`);
      if (input) input.checked = true;
    }
  }

  /** Every language by its own name, after the browser's. */
  languages() {
    const list = this.find('.languages');
    if (list.children.length > 1) return;
    for (const [language, words] of Object.entries(this.texts.locales)) {
      const label = list.firstElementChild.cloneNode(true);
      const name = label.querySelector('span');
      name.removeAttribute('data-text');
      name.textContent = words.language;
      name.lang = language;
      label.querySelector('input').value = language;
      list.append(label);
    }
  }

  choose(name, value) {
    this.preferences.choose(name, value);
    if (name === 'language') this.translate();
  }

  translate() {
    const { app, texts } = this;
    texts.use(this.preferences.language);
    app.speak(null); // what was told has been heard
    texts.apply(app.root);
    app.announce('language-changed');
  }
}
