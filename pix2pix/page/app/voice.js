/** @import { App } from './app.js' */

/** The browser's own voice, in the page's language; for cards that are read, and for the reader. */
export class Voice {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.isAsked = false;
    app.addEventListener('language-changed', () => this.isAsked && this.show());
  }

  get own() {
    const { language } = this.app.texts;
    const voices = window.speechSynthesis?.getVoices() ?? [];
    return voices.find(({ lang }) => lang.toLowerCase().startsWith(language));
  }

  /** Shows the buttons that read where there is a voice; the browser is asked for it only now. */
  show() {
    this.app.root.querySelector('.i-canvas').toggleAttribute('data-aloud', Boolean(this.own));
    if (this.isAsked) return;
    this.isAsked = true;
    // It may find voices only after it has been asked.
    window.speechSynthesis?.addEventListener('voiceschanged', () => this.show());
  }

  /** Says the newest only: whoever taps quickly does not want to hear it all. */
  say(words) {
    if (!window.speechSynthesis) return;
    const speech = new SpeechSynthesisUtterance(words);
    speech.lang = this.own?.lang ?? this.app.texts.language;
    speech.rate = Voice.RATE;
    speechSynthesis.cancel();
    speechSynthesis.speak(speech);
  }
}

Voice.RATE = 0.9; // a little slower than usual: children listen
