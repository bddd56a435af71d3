import { find, findAll } from '../common/find.js';

/** @import { Domain } from '../common/domains.js' */
/** @import { Preferences } from '../common/preferences.js' */
/** @import { Texts } from '../common/texts.js' */

/** The row of domains: a button each, the chosen one in sight. */
export class DomainRow {
  /**
   * @param {HTMLElement} root
   * @param {Texts} texts
   * @param {Preferences} preferences
   * @param {Domain[]} domains
   * @param {(domain: Domain) => void} choose is told which one shall be drawn
   */
  constructor(root, texts, preferences, domains, choose) {
    this.preferences = preferences;
    this.surface = find(root, '.i-canvas');
    this.list = find(root, '.domains');
    this.list.append(...domains.map((domain) => this.button(domain, texts, choose)));
    // Browsers leave a button that shows a corner as it is. Not under a finger that is pressing it.
    this.list.addEventListener('focusin', ({ target }) => {
      const button = /** @type {HTMLElement} */ (target);
      if (button.matches(':focus-visible')) this.reveal(button);
    });
  }

  /**
   * @param {Domain} domain
   * @param {Texts} texts
   * @param {(domain: Domain) => void} choose
   */
  button(domain, texts, choose) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'domain';
    button.dataset.domain = domain.id;
    button.innerHTML = domain.icon;
    const own = document.createElement('img');
    own.className = 'domain-own';
    own.alt = ''; // the kind's name says it
    own.hidden = true;
    button.prepend(own);
    button.append(texts.write(document.createElement('span'), () => texts.title(domain)));
    button.addEventListener('click', () => choose(domain));
    return button;
  }

  /**
   * Shows the child's own drawing as this kind, or the kind's icon.
   * @param {Domain} domain
   * @param {string | null} picture
   */
  picture(domain, picture) {
    const own = find(this.list, '[data-domain="' + domain.id + '"] .domain-own', HTMLImageElement);
    own.hidden = !picture;
    if (picture) own.src = picture;
    else own.removeAttribute('src');
  }

  /** @param {Domain} domain */
  mark(domain) {
    for (const button of findAll(this.list, '.domain')) {
      const isChosen = button.dataset.domain === domain.id;
      button.setAttribute('aria-pressed', String(isChosen));
      if (isChosen) this.reveal(button);
    }
  }

  /**
   * Brings a button of the row into its middle, where the row is too long for the window.
   * @param {HTMLElement} button
   */
  reveal(button) {
    const left = button.offsetLeft - (this.list.clientWidth - button.offsetWidth) / 2;
    const { isStill } = this.preferences;
    const isShown = 'ready' in this.surface.dataset;
    this.list.scrollTo({ left, behavior: isShown && !isStill ? 'smooth' : 'instant' });
  }
}
