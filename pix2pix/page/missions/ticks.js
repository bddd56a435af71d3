import { find } from '../common/find.js';
import { COLORS } from '../drawing/pens.js';
import { Cards } from './cards.js';
import { tickShapes } from './tickpicture.js';

/** @import { Texts } from '../common/texts.js' */
/** @import { Domain } from '../common/domains.js' */
/** @import { Check } from './missionrun.js' */

/** The checks of a mission as large pictures beside the paper, which light up. */
export class Ticks {
  /** @param {{root: HTMLElement, texts: Texts}} uses */
  constructor({ root, texts }) {
    this.list = find(root, '.ticks');
    this.texts = texts;
  }

  /**
   * @param {Check[]} checks
   * @param {Domain | undefined} domain that the mission is for
   */
  show(checks, domain) {
    this.list.replaceChildren(...checks.map((check) => this.tick(check, domain)));
    this.list.hidden = false;
  }

  hide() {
    this.list.hidden = true;
    this.list.replaceChildren();
  }

  /**
   * @param {number} index
   * @param {boolean} isSeen
   */
  light(index, isSeen) {
    this.list.children[index].toggleAttribute('data-seen', isSeen);
  }

  /**
   * @param {Check} check
   * @param {Domain | undefined} domain
   */
  tick(check, domain) {
    const { texts } = this;
    const node = Cards.element('li', 'tick');
    const words = () => this.words(check, domain);
    const [hidden, done] = ['card-hidden', 'card-hidden tick-done'].map((name) =>
      Cards.element('span', name),
    );
    texts.write(node, words, 'title');
    node.append(
      Ticks.picture(check, domain),
      texts.write(hidden, words),
      texts.write(done, () => texts.get('check_done')),
    );
    return node;
  }

  /**
   * @param {Check} check
   * @param {Domain | undefined} domain
   */
  static picture(check, domain) {
    if (check.see === 'domain' && domain) {
      const box = Cards.element('span');
      box.innerHTML = domain.icon;
      return find(box, 'svg', SVGElement);
    }
    const picture = Cards.node('svg', { viewBox: '0 0 48 48', 'aria-hidden': true });
    const shapes = tickShapes(check, Object.fromEntries(COLORS));
    picture.append(...shapes.map(([name, attributes]) => Cards.node(name, attributes)));
    return picture;
  }

  /**
   * @param {Check} check
   * @param {Domain | undefined} domain
   */
  words({ see, colour, where, least }, domain) {
    const { texts } = this;
    const key = 'check_' + see;
    if (least !== undefined) return texts.count(key, least);
    const fields = {
      domain: domain && texts.title(domain),
      colour: texts.get('color_' + colour),
      where: texts.find('where_' + where) ?? '',
    };
    return texts.get(key, fields).trim();
  }
}
