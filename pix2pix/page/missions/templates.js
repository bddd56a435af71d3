import { Dialog } from '../common/dialog.js';
import { Cards } from './cards.js';

/** @import { Domain, Domains, Starter } from '../common/domains.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { Trace } from './trace.js' */

/** The dialog with the templates: choose one to trace, or to draw along, line by line. */
export class Templates extends Dialog {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {Domains} uses.domains
   * @param {DrawingTable} uses.table
   * @param {Trace} uses.trace
   */
  constructor({ root, texts, domains, table, trace }) {
    super('templates', { root, texts });
    this.domains = domains;
    this.table = table;
    this.trace = trace;
    this.isAlong = false;
  }

  get actions() {
    return {
      ...super.actions,
      ...this.trace.actions,
      'trace-under': () => this.choose(false),
      'trace-along': () => this.choose(true),
    };
  }

  onOpen() {
    this.choose(this.isAlong);
    const sections = Cards.sections(this.domains, this.texts, (domain) => {
      return domain.starters.map((template) => this.card(template, domain));
    });
    this.find('.all').replaceChildren(...sections);
  }

  /** @param {boolean} isAlong */
  choose(isAlong) {
    this.isAlong = isAlong;
    for (const [action, isChosen] of [
      ['trace-under', !isAlong],
      ['trace-along', isAlong],
    ]) {
      this.find('[data-action=' + action + ']').setAttribute('aria-pressed', String(isChosen));
    }
  }

  /**
   * @param {Starter} template
   * @param {Domain} domain
   */
  card(template, domain) {
    const card = Cards.button('card card-start', () => this.start(template, domain));
    const line = this.texts.write(Cards.element('span', 'card-line'), () =>
      this.texts.name(template.name),
    );
    card.append(Cards.picture(template), line);
    return card;
  }

  /**
   * An own sheet for it; undo brings back what was there.
   * @param {Starter} template
   * @param {Domain} domain
   */
  start(template, domain) {
    this.close();
    this.table.choose(domain);
    this.table.clear();
    this.trace.start(template, this.isAlong);
  }
}
