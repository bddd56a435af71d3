/** @import { Studio } from './studio.js' */

/** The browser's own voice, in the page's language; for cards that are read, and for the reader. */
export class Voice {
  /** @param {Studio} studio */
  constructor(studio) {
    this.studio = studio;
    this.isAsked = false;
    studio.addEventListener('translated', () => this.isAsked && this.show());
  }

  get own() {
    const { language } = this.studio.texts;
    const voices = window.speechSynthesis?.getVoices() ?? [];
    return voices.find(({ lang }) => lang.toLowerCase().startsWith(language));
  }

  /** Shows the buttons that read where there is a voice; the browser is asked for it only now. */
  show() {
    this.studio.root.querySelector('.studio').toggleAttribute('data-aloud', Boolean(this.own));
    if (this.isAsked) return;
    this.isAsked = true;
    // It may find voices only after it has been asked.
    window.speechSynthesis?.addEventListener('voiceschanged', () => this.show());
  }

  /** Says the newest only: whoever taps quickly does not want to hear it all. */
  say(words) {
    if (!window.speechSynthesis) return;
    const speech = new SpeechSynthesisUtterance(words);
    speech.lang = this.own?.lang ?? this.studio.texts.language;
    speech.rate = Voice.RATE;
    speechSynthesis.cancel();
    speechSynthesis.speak(speech);
  }
}

Voice.RATE = 0.9; // a little slower than usual: children listen
