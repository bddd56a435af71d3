/** @import { Texts } from '../common/texts.js' */

/** The browser's own voice, in the page's language; for cards that are read, and for the reader. */
export class Voice {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.surface says to the styles whether there is a voice
   * @param {Texts} uses.texts
   * @param {EventTarget} uses.events
   */
  constructor({ surface, texts, events }) {
    this.surface = surface;
    this.texts = texts;
    this.isAsked = false;
    events.addEventListener('language-changed', () => this.isAsked && this.show());
  }

  get own() {
    const { language } = this.texts;
    const voices = window.speechSynthesis?.getVoices() ?? [];
    return voices.find(({ lang }) => lang.toLowerCase().startsWith(language));
  }

  /** Shows the buttons that read where there is a voice; the browser is asked for it only now. */
  show() {
    this.surface.toggleAttribute('data-aloud', Boolean(this.own));
    if (this.isAsked) return;
    this.isAsked = true;
    // It may find voices only after it has been asked.
    window.speechSynthesis?.addEventListener('voiceschanged', () => this.show());
  }

  /**
   * Says the newest only: whoever taps quickly does not want to hear it all.
   * @param {string} words
   */
  say(words) {
    if (!window.speechSynthesis) return;
    const speech = new SpeechSynthesisUtterance(words);
    speech.lang = this.own?.lang ?? this.texts.language;
    speech.rate = Voice.RATE;
    speechSynthesis.cancel();
    speechSynthesis.speak(speech);
  }
}

Voice.RATE = 0.9; // a little slower than usual: children listen
