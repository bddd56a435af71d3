import { find } from '../common/find.js';
import { Stars } from './stars.js';

/** @import { Texts } from '../common/texts.js' */

/** How many stars have been earned, on the star itself. */
export class StarCount {
  /** @param {{root: HTMLElement, texts: Texts, events: EventTarget}} uses */
  constructor({ root, texts, events }) {
    this.button = find(root, '.button-play');
    this.count = find(root, '.star-count');
    this.texts = texts;
    events.addEventListener('star-earned', () => this.show());
    window.addEventListener('storage', ({ key }) => key === Stars.KEY && this.show());
    this.show();
  }

  show() {
    const { texts } = this;
    const { size } = Stars.all();
    this.count.textContent = size > StarCount.MOST ? StarCount.MOST + '+' : String(size);
    this.count.hidden = !size;
    const words = () =>
      [texts.get('play'), size ? texts.count('stars', size) : []].flat().join(', ');
    for (const attribute of ['title', 'aria-label']) texts.write(this.button, words, attribute);
  }
}

StarCount.MOST = 99;
