import { DrawingInspector } from '../drawing/inspector.js';
import { COLORS } from '../drawing/pens.js';
import { Cards } from './cards.js';

/** @import { TaskBar } from './taskbar.js' */
/** @import { App } from '../app/app.js' */

/** A mission that has been started: its checks light up as they are seen, and a child says "done!". */
export class MissionRun {
  /**
   * @param {App} app
   * @param {TaskBar} taskBar
   * @param {(mission) => void} done is told when the child says so
   */
  constructor(app, taskBar, done) {
    this.app = app;
    this.taskBar = taskBar;
    this.done = done;
    this.mission = null;
    this.timer = 0;
    for (const event of ['drawing-changed', 'picture-changed', 'domain-changed']) {
      app.addEventListener(event, () => this.soon());
    }
  }

  get actions() {
    return { 'mission-done': () => this.finish() };
  }

  start(mission, picture, line, hasClock) {
    const { taskBar } = this;
    taskBar.open('mission', picture, line, () => this.stop());
    this.mission = mission;
    this.isSeen = mission.checks.map(() => false);
    taskBar
      .find('.task-bar-checks')
      .replaceChildren(...mission.checks.map((check) => this.tick(check)));
    taskBar.root.toggleAttribute('data-clock', hasClock);
    taskBar.root.style.setProperty('--minutes', mission.minutes);
    this.look();
  }

  stop() {
    this.mission = null;
  }

  finish() {
    const { mission } = this;
    if (!mission || !this.app.card.hasPicture) return;
    this.taskBar.close();
    this.done(mission);
  }

  /** A check as a small card: what it looks for as a sign, and in a few words. */
  tick(check) {
    const { root, texts } = this.app;
    const node = Cards.element('li', 'tick');
    const sign = check.colour
      ? Cards.element('span', 'tick-colour')
      : Cards.glyph(root, 'check-' + check.see);
    if (check.colour) sign.style.background = Object.fromEntries(COLORS)[check.colour];
    const [words, done] = ['tick-words', 'tick-done card-hidden'].map((name) =>
      Cards.element('span', name),
    );
    texts.write(words, () => this.words(check));
    texts.write(done, () => texts.get('check_done'));
    node.append(sign, words, done);
    return node;
  }

  words({ see, colour, where, least }) {
    const { texts } = this.app;
    const fields = {
      least,
      colour: texts.get('color_' + colour),
      where: texts.get('where_' + where) ?? '',
    };
    return texts.get('check_' + see, fields).trim();
  }

  /** Looks now and then while a line is drawn, never at every point of it. */
  soon() {
    if (this.mission && !this.timer) this.timer = setTimeout(() => this.look(), MissionRun.PACE);
  }

  look() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.mission) return;
    const { app, taskBar } = this;
    const inspector = new DrawingInspector(app.model);
    const ticks = taskBar.find('.task-bar-checks').children;
    this.mission.checks.forEach((check, index) => {
      const isSeen = this.isTrue(check, inspector);
      ticks[index].toggleAttribute('data-seen', isSeen);
      if (isSeen && !this.isSeen[index]) app.speak('check_seen');
      this.isSeen[index] ||= isSeen;
    });
    taskBar.find('[data-action=mission-done]').disabled = !app.card.hasPicture;
  }

  isTrue({ see, colour, where, least }, inspector) {
    const { sketch, card, domain } = this.app;
    return {
      closed: () => inspector.closed >= DrawingInspector.CLOSED,
      parts: () => inspector.parts >= least,
      strokes: () => sketch.strokes.filter(({ kind }) => kind === 'line').length >= least,
      colour: () => inspector.has(colour, where),
      domain: () => domain.id === this.mission.domain,
      picture: () => card.hasPicture,
    }[see]();
  }
}

MissionRun.PACE = 250; // ms
