import { Dialog } from '../common/dialog.js';
import { Cards } from './cards.js';
import { Trace } from './trace.js';

/** @import { TaskBar } from './taskbar.js' */
/** @import { App } from '../app/app.js' */

/** The dialog with the templates: choose one to trace, or to draw along, line by line. */
export class Templates extends Dialog {
  /**
   * @param {App} app
   * @param {TaskBar} taskBar
   */
  constructor(app, taskBar) {
    super(app, 'templates');
    this.isAlong = false;
    this.trace = new Trace(app, taskBar);
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
    const sections = Cards.sections(this.app, (domain) => {
      return domain.starters.map((template) => this.card(template, domain));
    });
    this.find('.all').replaceChildren(...sections);
  }

  choose(isAlong) {
    this.isAlong = isAlong;
    for (const [action, isChosen] of [
      ['trace-under', !isAlong],
      ['trace-along', isAlong],
    ]) {
      this.find('[data-action=' + action + ']').setAttribute('aria-pressed', String(isChosen));
    }
  }

  card(template, domain) {
    const card = Cards.button('card card-start', () => this.start(template, domain));
    const line = this.texts.write(Cards.element('span', 'card-line'), () =>
      this.texts.name(template.name),
    );
    card.append(Cards.picture(template), line);
    return card;
  }

  /** An own sheet for it; undo brings back what was there. */
  start(template, domain) {
    this.close();
    this.app.choose(domain);
    this.app.clear();
    this.trace.start(template, this.isAlong);
  }
}
