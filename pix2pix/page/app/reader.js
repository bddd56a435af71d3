/** @import { App } from './app.js' */
/** @import { Voice } from './voice.js' */

/** Reads aloud, where the settings say so: what is pressed, and what the page and its dialogs tell. */
export class Reader {
  /**
   * @param {App} app
   * @param {Voice} voice
   */
  constructor(app, voice) {
    this.app = app;
    this.voice = voice;
    const name = ({ target }) => this.name(target);
    app.root.addEventListener('click', name, { capture: true }); // before what it does is told
    app.root.addEventListener('change', name);
    const told = new MutationObserver(([{ target: node }]) => {
      const target = /** @type {Element} */ (node);
      if (target.checkVisibility()) this.say(target.textContent); // not in a dialog that is closed
    });
    for (const node of app.root.querySelectorAll('[role=status]')) {
      told.observe(node, { childList: true, subtree: true });
    }
  }

  name(target) {
    if (target.closest?.('[data-speaks]')) return; // it says more than its name
    const control = target.closest?.('button, label');
    const named = control?.matches('label') ? (control.querySelector('input') ?? control) : control;
    this.say(named?.getAttribute('aria-label') ?? control?.textContent);
  }

  say(words) {
    if (this.app.preferences.isAloud && words?.trim()) this.voice.say(words.trim());
  }
}
