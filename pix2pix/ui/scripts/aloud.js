/** The browser's own voice, in the page's language; where there is none, its buttons are hidden. */
class Aloud {
  constructor(root, language) {
    this.root = root;
    this.language = language;
    this.voices = null;
  }

  get voice() {
    const speaks = ({ lang }) => lang.toLowerCase().startsWith(this.language);
    return this.voices?.getVoices().find(speaks);
  }

  /** Shows its buttons, or not; the browser is asked for voices only now. */
  show() {
    if (!this.voices && window.speechSynthesis) {
      this.voices = window.speechSynthesis;
      // It may find them only after it has been asked.
      this.voices.addEventListener('voiceschanged', () => this.show());
    }
    this.root.querySelector('.studio').toggleAttribute('data-aloud', Boolean(this.voice));
  }

  say(text) {
    if (!this.voice) return;
    const speech = new SpeechSynthesisUtterance(text);
    speech.lang = this.voice.lang;
    speech.rate = 0.9;
    this.voices.cancel();
    this.voices.speak(speech);
  }
}
