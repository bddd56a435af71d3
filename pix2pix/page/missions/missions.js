import { Dialog } from '../common/dialog.js';
import { findAll } from '../common/find.js';
import { Cards } from './cards.js';
import { MissionRun } from './missionrun.js';
import { Reward } from './reward.js';
import { Stars } from './stars.js';

/** @import { Voice } from '../app/voice.js' */
/** @import { Domains } from '../common/domains.js' */
/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { OwnStrokes } from '../drawing/ownstrokes.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { PictureCard } from '../picture/picture.js' */
/** @import { Mission } from './missionrun.js' */
/** @import { TaskBar } from './taskbar.js' */

/** The dialog with the mission cards: today's first, then those of the chosen domain, then all. */
export class Missions extends Dialog {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {Domains} uses.domains
   * @param {DrawingTable} uses.table
   * @param {OwnStrokes} uses.own
   * @param {PictureCard} uses.card
   * @param {TaskBar} uses.taskBar
   * @param {LiveRegion} uses.spoken
   * @param {Voice} uses.voice
   * @param {EventTarget} uses.events
   */
  constructor({ root, texts, domains, table, own, card, taskBar, spoken, voice, events }) {
    super('missions', { root, texts });
    this.domains = domains;
    this.table = table;
    this.taskBar = taskBar;
    this.voice = voice;
    /** @type {Mission[]} fetched when they are first asked for */
    this.missions = [];
    /** @type {Mission | null} the one that a teacher started for all */
    this.ofClass = null;
    this.hasClock = false;
    this.events = events;
    this.run = new MissionRun({
      root,
      texts,
      table,
      own,
      card,
      taskBar,
      spoken,
      events,
      done: (mission, isWhole) => this.complete(mission, isWhole),
    });
    this.reward = new Reward({ root, texts, card, spoken });
  }

  get actions() {
    return {
      ...super.actions,
      ...this.run.actions,
      ...this.reward.actions,
      clock: () => this.switchClock(),
      'mission-aloud': () => this.voice.say(this.taskBar.line),
    };
  }

  onOpen() {
    this.voice.show();
    if (this.missions.length) this.fill();
    else this.load();
  }

  async load() {
    const fetched = await fetch('missions.json')
      .then((answer) => answer.json())
      .catch(() => null);
    const words = () => (fetched ? '' : this.texts.get('missions_missing'));
    this.texts.write(this.find('.dialog-notice'), words);
    if (!fetched) return;
    this.missions = fetched;
    this.fill();
  }

  fill() {
    const stars = Stars.all();
    this.texts.write(this.find('.stars-count'), () => this.texts.count('stars', stars.size));
    this.find('.stars').hidden = !stars.size;
    const first =
      this.classCard('class_mission') ?? this.card(this.today(), stars, 'mission_today');
    this.find('.today').replaceChildren(first);
    const sections = Cards.sections(this.domains, this.texts, (domain) => {
      const missions = this.missions.filter((each) => each.domain === domain.id);
      return missions.map((mission) => this.card(mission, stars));
    });
    this.find('.all').replaceChildren(...sections);
  }

  /**
   * The card of the mission that a teacher started; null if there is none.
   * @param {string | null} badge as in `card`
   */
  classCard(badge = null) {
    return this.ofClass && this.card(this.ofClass, Stars.all(), badge);
  }

  /**
   * @param {string} id
   * @returns {Promise<Mission | undefined>}
   */
  async seek(id) {
    if (!this.missions.length) await this.load();
    return this.missions.find((each) => each.id === id);
  }

  /**
   * @param {Mission} mission
   * @param {Map<string, boolean>} stars as in `Stars`
   * @param {string | null} badge the key of what is said about it
   */
  card(mission, stars, badge = null) {
    const card = Cards.element('article', 'card');
    card.dataset.mission = mission.id;
    const line = Cards.element('span', 'card-line');
    if (badge) line.append(this.words('card-badge', () => this.texts.get(badge)));
    line.append(this.words('', () => this.line(mission)));
    const start = Cards.button('card-start', () => this.start(mission));
    start.append(this.picture(mission), line);
    const isWhole = stars.get(mission.id);
    if (isWhole !== undefined) {
      const star = Cards.glyph(this.root, 'card-star');
      star.toggleAttribute('data-small', !isWhole);
      start.append(
        star,
        this.words('card-hidden', () => this.texts.get(isWhole ? 'star_earned' : 'star_small')),
      );
    }
    card.append(
      start,
      this.reader(() => this.line(mission)),
    );
    return card;
  }

  /**
   * @param {string} className
   * @param {() => string} words
   */
  words(className, words) {
    return this.texts.write(Cards.element('span', className), words);
  }

  /** @param {() => string} line */
  reader(line) {
    const button = Cards.button('button card-aloud', () => this.voice.say(line()));
    button.dataset.speaks = '';
    this.texts.write(button, () => this.texts.get('read_aloud') + ': ' + line(), 'aria-label');
    button.append(Cards.glyph(this.root, 'card-speaker'));
    return button;
  }

  /** @param {Mission} mission */
  line({ line }) {
    return line[this.texts.language] ?? line.en ?? Object.values(line)[0];
  }

  /** @param {Mission} mission */
  picture(mission) {
    return Cards.ofMission(mission, this.domain(mission.domain));
  }

  /** @param {string} id */
  domain(id) {
    const known = this.domains.find(id);
    if (!known)
      throw new Error(`A mission is for the domain '${id}', which the page does not have.`);
    return known;
  }

  /** The same for everybody on that day: a domain a day, and each time its next mission. */
  today(now = new Date()) {
    const day = Math.floor(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5);
    const ids = [...new Set(this.missions.map(({ domain }) => domain))];
    const those = this.missions.filter(({ domain }) => domain === ids[day % ids.length]);
    return those[Math.floor(day / ids.length) % those.length];
  }

  /**
   * An own sheet for it; undo brings back what was there.
   * @param {Mission} mission
   */
  start(mission) {
    for (const dialog of findAll(this.root, 'dialog[open]', HTMLDialogElement)) dialog.close();
    this.table.choose(this.domain(mission.domain));
    this.table.clear();
    this.run.start(mission, this.picture(mission), () => this.line(mission), this.hasClock);
  }

  switchClock() {
    this.hasClock = !this.hasClock;
    this.find('[data-action=clock]').setAttribute('aria-pressed', String(this.hasClock));
  }

  /**
   * @param {Mission} mission
   * @param {boolean} isWhole whether all its checks are met
   */
  complete(mission, isWhole) {
    Stars.add(mission.id, isWhole);
    this.reward.show(this.card(this.next(mission), new Map(), 'mission_next'), isWhole);
    this.events.dispatchEvent(new Event('star-earned'));
  }

  /**
   * The next one without a star, those of the same domain first.
   * @param {Mission} mission
   */
  next(mission) {
    const stars = Stars.all().set(mission.id, true);
    const at = this.missions.indexOf(mission);
    const others = [...this.missions.slice(at + 1), ...this.missions.slice(0, at)];
    const same = others.filter(({ domain }) => domain === mission.domain);
    return [...same, ...others].find(({ id }) => !stars.has(id)) ?? others[0] ?? mission;
  }
}
