/** Reads aloud, where the settings say so: what is pressed, and what the page tells. */
class Reader {
  /** @param {Studio} studio */
  constructor(studio) {
    this.studio = studio;
    for (const type of ['click', 'change']) {
      studio.root.addEventListener(type, ({ target }) => this.name(target));
    }
    const told = new MutationObserver(([{ target }]) => this.say(target.textContent));
    for (const node of studio.root.querySelectorAll('.spoken, .notice')) {
      told.observe(node, { childList: true });
    }
  }

  name(target) {
    const control = target.closest?.('button, label');
    const named = control?.matches('label') ? control.querySelector('input') ?? control : control;
    this.say(named?.getAttribute('aria-label') ?? control?.textContent);
  }

  /** Says the newest only: whoever taps quickly does not want to hear it all. */
  say(words) {
    if (!this.studio.preferences.isAloud || !words?.trim() || !window.speechSynthesis) return;
    const utterance = new SpeechSynthesisUtterance(words.trim());
    utterance.lang = this.studio.texts.language;
    speechSynthesis.cancel();
    speechSynthesis.speak(utterance);
  }
}
