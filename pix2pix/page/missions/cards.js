import { COLORS } from '../drawing/pens.js';

/** Small pictures on cards: lines over dabs of colour, both SVG paths in the unit square. */
export const Cards = {
  SVG: 'http://www.w3.org/2000/svg',

  /** @param {{strokes: string[], dabs?: {colour: string, stroke: string, width: number}[]}} drawing */
  picture({ strokes, dabs = [] }) {
    const picture = Cards.node('svg', {
      viewBox: '0 0 1 1',
      class: 'card-picture',
      'aria-hidden': true,
    });
    const colours = Object.fromEntries(COLORS);
    for (const { colour, stroke, width } of dabs) {
      const look = { d: stroke, class: 'card-dab', stroke: colours[colour], 'stroke-width': width };
      picture.append(Cards.node('path', look));
    }
    for (const d of strokes) picture.append(Cards.node('path', { d }));
    return picture;
  },

  /** @returns {SVGElement} */
  node(name, attributes = {}) {
    const node = /** @type {SVGElement} */ (document.createElementNS(Cards.SVG, name));
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  },

  /** The cards of every domain, of the chosen one first, below its icon and name. */
  sections({ domains, domain: chosen, texts }, cardsOf) {
    const all = [chosen, ...domains.filter((each) => each !== chosen)];
    return all.map((domain) => Cards.section(domain, texts, cardsOf(domain)));
  },

  section(domain, texts, cards) {
    const section = document.createElement('section');
    section.hidden = !cards.length;
    const heading = Cards.element('h3', 'cards-title');
    heading.innerHTML = domain.icon;
    heading.append(texts.write(Cards.element('span'), () => texts.title(domain)));
    const list = Cards.element('div', 'cards');
    list.append(...cards);
    section.append(heading, list);
    return section;
  },

  button(className, click) {
    const button = Cards.element('button', className);
    button.type = 'button';
    button.addEventListener('click', click);
    return button;
  },

  element(name, className = '') {
    const node = document.createElement(name);
    node.className = className;
    return node;
  },

  /** A copy of a glyph in a <template>, since buttons made here have icons, too. */
  glyph(root, name) {
    return root
      .querySelector('template.card-glyphs')
      .content.querySelector('.' + name)
      .cloneNode(true);
  },
};
