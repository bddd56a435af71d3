/** @import { Preferences } from '../common/preferences.js' */
/** @import { Voice } from './voice.js' */

/** Reads aloud, where the settings say so: what is pressed, and what the page and its dialogs tell. */
export class Reader {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Preferences} uses.preferences
   * @param {Voice} uses.voice
   */
  constructor({ root, preferences, voice }) {
    this.preferences = preferences;
    this.voice = voice;
    /** @param {Event} event */
    const name = ({ target }) => this.name(/** @type {Element} */ (target));
    root.addEventListener('click', name, { capture: true }); // before what it does is told
    root.addEventListener('change', name);
    const told = new MutationObserver(([{ target: node }]) => {
      const target = /** @type {Element} */ (node);
      if (target.checkVisibility()) this.say(target.textContent); // not in a dialog that is closed
    });
    for (const node of root.querySelectorAll('[role=status]')) {
      told.observe(node, { childList: true, subtree: true });
    }
  }

  /** @param {Element} target */
  name(target) {
    if (target.closest('[data-speaks]')) return; // it says more than its name
    const control = target.closest('button, label');
    const named = control?.matches('label') ? (control.querySelector('input') ?? control) : control;
    this.say(named?.getAttribute('aria-label') ?? control?.textContent);
  }

  /** @param {string | null | undefined} words */
  say(words) {
    if (this.preferences.isAloud && words?.trim()) this.voice.say(words.trim());
  }
}
