/** The room with the templates: choose one to trace, or to draw along, line by line. */
class Templates extends Room {
  constructor(studio) {
    super(studio, 'templates');
    this.isAlong = false;
    this.trace = new Trace(studio);
    studio.actions['trace-under'] = () => this.choose(false);
    studio.actions['trace-along'] = () => this.choose(true);
  }

  enter() {
    this.choose(this.isAlong);
    const sections = Cards.domains(this.studio).map((domain) => {
      const cards = domain.starters.map((template) => this.card(template, domain));
      return cards.length ? Cards.section(this.texts.name(domain.title), domain.icon, cards) : '';
    });
    this.find('.all').replaceChildren(...sections);
  }

  choose(isAlong) {
    this.isAlong = isAlong;
    for (const [action, isChosen] of [['trace-under', !isAlong], ['trace-along', isAlong]]) {
      this.find('[data-action=' + action + ']').setAttribute('aria-pressed', String(isChosen));
    }
  }

  card(template, domain) {
    const card = document.createElement('button');
    card.type = 'button';
    card.className = 'card card-start';
    card.append(Cards.picture(template), Cards.words('span', this.texts.name(template.name), 'card-line'));
    card.addEventListener('click', () => this.start(template, domain));
    return card;
  }

  /** An own sheet for it; undo brings back what was there. */
  start(template, domain) {
    this.close();
    this.studio.choose(domain);
    if (!this.studio.sketch.isEmpty) this.studio.act('clear');
    this.trace.start(template, this.isAlong);
  }
}
