import { find } from '../common/find.js';
import { Texts } from '../common/texts.js';

/** The page for the big screen: its words, and how many draw now. */
export class Classroom {
  /** @param {Texts} texts */
  constructor(texts) {
    this.number = find(document, '.number');
    this.pens = find(document, '.pens');
    this.pen = find(this.pens, '*', SVGElement);
    const night = window.matchMedia('(prefers-color-scheme: dark)');
    const dress = () => document.documentElement.classList.toggle('dark', night.matches);
    night.addEventListener('change', dress);
    dress();
    texts.apply(document.body);
    this.ask();
  }

  async ask() {
    try {
      const { drawing } = await (await fetch('classroom/now', { cache: 'no-store' })).json();
      this.show(drawing);
    } catch {
      // The server is away for a while: the last number stays.
    }
    setTimeout(() => this.ask(), Classroom.PAUSE);
  }

  /**
   * A number, and a pen for each child who cannot read it.
   * @param {number} drawing
   */
  show(drawing) {
    if (this.number.textContent !== String(drawing)) this.number.textContent = String(drawing);
    this.pens.replaceChildren(...Array.from({ length: drawing }, () => this.pen.cloneNode(true)));
  }
}

Classroom.PAUSE = 3000; // ms

/** @param {Object<string, Object<string, string>>} locales as Texts takes them */
export function openClassroom(locales) {
  return new Classroom(new Texts(locales));
}
