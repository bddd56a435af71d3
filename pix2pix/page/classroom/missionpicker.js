import { Dialog } from '../common/dialog.js';
import { Cards } from '../missions/cards.js';

/** @import { Domains } from '../common/domains.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { Mission } from '../missions/missionrun.js' */

/** The teacher's mission cards: a press starts one for all. */
export class MissionPicker extends Dialog {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {Domains} uses.domains
   * @param {(id: string) => void} uses.start
   */
  constructor({ root, texts, domains, start }) {
    super('class-missions', { root, texts });
    this.domains = domains;
    this.start = start;
    /** @type {Mission[]} */
    this.missions = [];
    /** @type {string | null} the one that is on */
    this.chosen = null;
  }

  onOpen() {
    this.load();
  }

  async load() {
    if (!this.missions.length) {
      this.missions = await fetch('missions.json')
        .then((answer) => answer.json())
        .catch(() => []);
    }
    const words = () => (this.missions.length ? '' : this.texts.get('missions_missing'));
    this.texts.write(this.find('.dialog-notice'), words);
    if (this.missions.length && !this.find('.all').children.length) this.fill();
    this.mark(this.chosen);
  }

  fill() {
    const sections = Cards.sections(this.domains, this.texts, (domain) =>
      this.missions.filter((each) => each.domain === domain.id).map((each) => this.card(each)),
    );
    this.find('.all').replaceChildren(...sections);
  }

  /** @param {Mission} mission */
  card(mission) {
    const card = Cards.element('article', 'card');
    const start = Cards.button('card-start', () => this.start(mission.id));
    start.dataset.mission = mission.id;
    const line = Cards.element('span', 'card-line');
    start.append(
      this.picture(mission),
      this.texts.write(line, () => this.texts.name(mission.line)),
    );
    card.append(start);
    return card;
  }

  /** @param {Mission} mission */
  picture(mission) {
    return Cards.ofMission(mission, this.domains.find(mission.domain));
  }

  /** @param {string | null} id of the mission that is on */
  mark(id) {
    this.chosen = id;
    this.find('[data-deed=no-mission]', HTMLButtonElement).disabled = !id;
    for (const card of this.dialog.querySelectorAll('[data-mission]')) {
      const isOn = card instanceof HTMLElement && card.dataset.mission === id;
      card.setAttribute('aria-current', String(isOn));
    }
  }

  /** @param {string} id */
  async seek(id) {
    if (!this.missions.length) await this.load();
    return this.missions.find((each) => each.id === id) ?? null;
  }
}
