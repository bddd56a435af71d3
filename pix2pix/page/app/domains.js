/** The row of domains: a button each, the chosen one in sight. */
export class DomainRow {
  /** @param {(domain) => void} choose is told which one shall be drawn */
  constructor(root, texts, preferences, domains, choose) {
    this.preferences = preferences;
    this.app = root.querySelector('.i-canvas');
    this.list = root.querySelector('.domains');
    this.list.append(...domains.map((domain) => this.button(domain, texts, choose)));
    // Browsers leave a button that shows a corner as it is. Not under a finger that is pressing it.
    this.list.addEventListener('focusin', ({ target }) => {
      if (target.matches(':focus-visible')) this.reveal(target);
    });
  }

  button(domain, texts, choose) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'domain';
    button.dataset.domain = domain.id;
    button.innerHTML = domain.icon;
    button.append(texts.write(document.createElement('span'), () => texts.title(domain)));
    button.addEventListener('click', () => choose(domain));
    return button;
  }

  mark(domain) {
    for (const button of this.list.children) {
      const isChosen = button.dataset.domain === domain.id;
      button.setAttribute('aria-pressed', String(isChosen));
      if (isChosen) this.reveal(button);
    }
  }

  /** Brings a button of the row into its middle, where the row is too long for the window. */
  reveal(button) {
    const left = button.offsetLeft - (this.list.clientWidth - button.offsetWidth) / 2;
    const { isStill } = this.preferences;
    const isShown = 'ready' in this.app.dataset;
    this.list.scrollTo({ left, behavior: isShown && !isStill ? 'smooth' : 'instant' });
  }
}
