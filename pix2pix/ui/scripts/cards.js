/** Small pictures on cards: lines over dabs of colour, both SVG paths in the unit square. */
const Cards = {
  SVG: 'http://www.w3.org/2000/svg',

  /** @param {{strokes: string[], dabs?: {colour: string, stroke: string, width: number}[]}} drawing */
  picture({ strokes, dabs = [] }) {
    const picture = Cards.node('svg', { viewBox: '0 0 1 1', class: 'card-picture', 'aria-hidden': true });
    const colours = Object.fromEntries(Toolbar.COLORS);
    for (const { colour, stroke, width } of dabs) {
      const look = { d: stroke, class: 'card-dab', stroke: colours[colour], 'stroke-width': width };
      picture.append(Cards.node('path', look));
    }
    for (const d of strokes) picture.append(Cards.node('path', { d }));
    return picture;
  },

  node(name, attributes = {}) {
    const node = document.createElementNS(Cards.SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  },

  /** A heading with the domain's icon, and below it the cards. */
  section(title, icon, cards) {
    const section = document.createElement('section');
    const heading = document.createElement('h3');
    heading.className = 'cards-title';
    heading.innerHTML = icon;
    heading.append(Cards.words('span', title));
    const list = document.createElement('div');
    list.className = 'cards';
    list.append(...cards);
    section.append(heading, list);
    return section;
  },

  words(name, text, className = '') {
    const node = document.createElement(name);
    node.className = className;
    node.textContent = text;
    return node;
  },

  /** A copy of a glyph in a <template>, since buttons made here have icons, too. */
  glyph(root, name) {
    return root.querySelector('template.card-glyphs').content.querySelector('.' + name).cloneNode(true);
  },

  /** The domains, the chosen one first. */
  domains({ domains, domain }) {
    return [domain, ...domains.filter((each) => each !== domain)];
  },
};
