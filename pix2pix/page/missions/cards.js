import { find } from '../common/find.js';
import { COLORS } from '../drawing/pens.js';

/** @import { Domain, Domains } from '../common/domains.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { Mission } from './missionrun.js' */

/** @typedef {{strokes: string[], dabs?: {colour: string, stroke: string, width: number}[]}} CardDrawing */

/** Small pictures on cards: lines over dabs of colour, both SVG paths in the unit square. */
export const Cards = {
  SVG: /** @type {const} */ ('http://www.w3.org/2000/svg'),

  /** @param {CardDrawing} drawing */
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

  /**
   * The picture of a mission, drawn on the starter that it names, if it does.
   * @param {Pick<Mission, 'picture'>} mission
   * @param {Domain | undefined} domain
   */
  ofMission({ picture }, domain) {
    const template = domain?.starters.find(({ name }) => name.en === picture.template);
    return Cards.picture({
      ...picture,
      strokes: [...(template?.strokes ?? []), ...picture.strokes],
    });
  },

  /**
   * @param {string} name
   * @param {Object<string, string | number | boolean>} attributes
   */
  node(name, attributes = {}) {
    const node = document.createElementNS(Cards.SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    return node;
  },

  /**
   * The cards of every domain, of the chosen one first, below its icon and name.
   *
   * @param {Domains} domains
   * @param {Texts} texts
   * @param {(domain: Domain) => HTMLElement[]} cardsOf
   */
  sections({ all: domains, chosen }, texts, cardsOf) {
    const all = [chosen, ...domains.filter((each) => each !== chosen)];
    return all.map((domain) => Cards.section(domain, texts, cardsOf(domain)));
  },

  /**
   * @param {Domain} domain
   * @param {Texts} texts
   * @param {HTMLElement[]} cards
   */
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

  /**
   * @param {string} className
   * @param {() => void} click
   */
  button(className, click) {
    const button = document.createElement('button');
    button.className = className;
    button.type = 'button';
    button.addEventListener('click', click);
    return button;
  },

  /** @param {string} name */
  element(name, className = '') {
    const node = document.createElement(name);
    node.className = className;
    return node;
  },

  /**
   * A copy of a glyph in a <template>, since buttons made here have icons, too.
   * @param {HTMLElement} root
   * @param {string} name
   */
  glyph(root, name) {
    const { content } = find(root, 'template.card-glyphs', HTMLTemplateElement);
    return /** @type {SVGElement} */ (find(content, '.' + name, SVGElement).cloneNode(true));
  },
};
