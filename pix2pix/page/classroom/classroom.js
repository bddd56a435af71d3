import { Domains } from '../common/domains.js';
import { find } from '../common/find.js';
import { Texts } from '../common/texts.js';
import { Poll } from './poll.js';
import { Teacher } from './teacher.js';
import { TeacherKey } from './teacherkey.js';

/** @import { Domain } from '../common/domains.js' */

/** @typedef {{texts: Object<string, Object<string, string>>, domains: Domain[], start: string}} ClassSettings */

/** The page for the big screen: its words, how many draw now, and the teacher's desk by their link. */
export class Classroom {
  /** @param {ClassSettings} settings */
  constructor({ texts, domains, start }) {
    this.root = find(document, '.classroom');
    this.number = find(this.root, '.number');
    this.pens = find(this.root, '.pens');
    this.pen = find(this.pens, '*', SVGElement);
    this.texts = new Texts(texts);
    const night = window.matchMedia('(prefers-color-scheme: dark)');
    const dress = () => document.documentElement.classList.toggle('dark', night.matches);
    night.addEventListener('change', dress);
    dress();
    this.texts.apply(this.root);
    const key = TeacherKey.take();
    if (key) this.teach(key, new Domains(domains, start));
    else this.count();
  }

  /**
   * @param {string} key
   * @param {Domains} domains
   */
  teach(key, domains) {
    new Teacher({
      root: this.root,
      texts: this.texts,
      domains,
      key,
      counted: (drawing) => this.show(drawing),
      refused: () => this.count(),
    });
  }

  count() {
    new Poll('classroom/now', { heard: ({ drawing }) => this.show(drawing) });
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

/** @param {ClassSettings} settings as assets.py gives them */
export function openClassroom(settings) {
  return new Classroom(settings);
}
