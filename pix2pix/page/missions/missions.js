import { Dialog } from '../common/dialog.js';
import { Cards } from './cards.js';
import { MissionRun } from './missionrun.js';
import { Reward } from './reward.js';
import { Stars } from './stars.js';

/** @import { TaskBar } from './taskbar.js' */
/** @import { App } from '../app/app.js' */
/** @import { Voice } from '../app/voice.js' */

/** The dialog with the mission cards: today's first, then those of the chosen domain, then all. */
export class Missions extends Dialog {
  /**
   * @param {App} app
   * @param {TaskBar} taskBar
   * @param {Voice} voice
   */
  constructor(app, taskBar, voice) {
    super(app, 'missions');
    this.taskBar = taskBar;
    this.voice = voice;
    this.missions = null;
    this.hasClock = false;
    this.run = new MissionRun(app, taskBar, (mission) => this.complete(mission));
    this.reward = new Reward(app);
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
    if (this.missions) this.fill();
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
    const today = this.today();
    this.find('.stars-count').textContent = stars.size;
    this.find('.stars').hidden = !stars.size;
    this.find('.today').replaceChildren(this.card(today, stars, 'mission_today'));
    const sections = Cards.sections(this.app, (domain) => {
      const missions = this.missions.filter((each) => each.domain === domain.id);
      return missions.map((mission) => this.card(mission, stars));
    });
    this.find('.all').replaceChildren(...sections);
  }

  card(mission, stars, badge = null) {
    const card = Cards.element('article', 'card');
    card.dataset.mission = mission.id;
    const line = Cards.element('span', 'card-line');
    if (badge) line.append(this.words('card-badge', () => this.texts.get(badge)));
    line.append(this.words('', () => this.line(mission)));
    const start = Cards.button('card-start', () => this.start(mission));
    start.append(this.picture(mission), line);
    if (stars.has(mission.id)) {
      const star = Cards.glyph(this.app.root, 'card-star');
      start.append(
        star,
        this.words('card-hidden', () => this.texts.get('star_earned')),
      );
    }
    card.append(
      start,
      this.reader(() => this.line(mission)),
    );
    return card;
  }

  words(className, words) {
    return this.texts.write(Cards.element('span', className), words);
  }

  reader(line) {
    const button = Cards.button('button card-aloud', () => this.voice.say(line()));
    button.dataset.speaks = '';
    this.texts.write(button, () => this.texts.get('read_aloud') + ': ' + line(), 'aria-label');
    button.append(Cards.glyph(this.app.root, 'card-speaker'));
    return button;
  }

  line({ line }) {
    return line[this.texts.language] ?? line.en ?? Object.values(line)[0];
  }

  picture({ domain, picture }) {
    const { starters } = this.domain(domain);
    const template = starters.find(({ name }) => name.en === picture.template);
    return Cards.picture({
      ...picture,
      strokes: [...(template?.strokes ?? []), ...picture.strokes],
    });
  }

  domain(id) {
    return this.app.domains.find((each) => each.id === id);
  }

  /** The same for everybody on that day: a domain a day, and each time its next mission. */
  today(now = new Date()) {
    const day = Math.floor(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5);
    const ids = [...new Set(this.missions.map(({ domain }) => domain))];
    const those = this.missions.filter(({ domain }) => domain === ids[day % ids.length]);
    return those[Math.floor(day / ids.length) % those.length];
  }

  /** An own sheet for it; undo brings back what was there. */
  start(mission) {
    for (const dialog of [this, this.reward]) dialog.close();
    this.app.choose(this.domain(mission.domain));
    this.app.clear();
    this.run.start(mission, this.picture(mission), () => this.line(mission), this.hasClock);
  }

  switchClock() {
    this.hasClock = !this.hasClock;
    this.find('[data-action=clock]').setAttribute('aria-pressed', String(this.hasClock));
  }

  complete(mission) {
    Stars.add(mission.id);
    this.reward.show(this.card(this.next(mission), new Set(), 'mission_next'));
  }

  /** The next one without a star, those of the same domain first. */
  next(mission) {
    const stars = Stars.all().add(mission.id);
    const at = this.missions.indexOf(mission);
    const others = [...this.missions.slice(at + 1), ...this.missions.slice(0, at)];
    const same = others.filter(({ domain }) => domain === mission.domain);
    return [...same, ...others].find(({ id }) => !stars.has(id)) ?? others[0] ?? mission;
  }
}
