import { DrawingInspector } from '../drawing/inspector.js';
import { Ticks } from './ticks.js';

/** @import { Names } from '../common/domains.js' */
/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { Place } from '../drawing/inspector.js' */
/** @import { OwnStrokes } from '../drawing/ownstrokes.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { PictureCard } from '../picture/picture.js' */
/** @import { CardDrawing } from './cards.js' */
/** @import { TaskBar } from './taskbar.js' */

/**
 * A mission as missions.json has it, see docs/missions.md.
 *
 * @typedef {object} Check
 * @property {'closed' | 'parts' | 'strokes' | 'colour' | 'domain' | 'picture'} see
 * @property {string} [colour]
 * @property {Place} [where]
 * @property {number} [least]
 *
 * @typedef {object} Mission
 * @property {string} id
 * @property {string} domain
 * @property {number} minutes
 * @property {Names} line
 * @property {CardDrawing & {template?: string}} picture
 * @property {Check[]} checks
 */

/** A mission that has been started: its checks light up as they are seen, and a child says "done!". */
export class MissionRun {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {DrawingTable} uses.table
   * @param {OwnStrokes} uses.own
   * @param {PictureCard} uses.card
   * @param {TaskBar} uses.taskBar
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   * @param {(mission: Mission, isWhole: boolean) => void} uses.done is told when the child says so,
   *   and whether all checks are met
   */
  constructor({ root, texts, table, own, card, taskBar, spoken, events, done }) {
    this.ticks = new Ticks({ root, texts });
    this.table = table;
    this.own = own;
    this.card = card;
    this.taskBar = taskBar;
    this.spoken = spoken;
    this.done = done;
    /** @type {Mission | null} */
    this.mission = null;
    /** @type {boolean[]} which checks have been seen */
    this.isSeen = [];
    this.timer = 0;
    for (const event of ['drawing-changed', 'picture-changed', 'domain-changed']) {
      events.addEventListener(event, () => this.soon());
    }
  }

  get actions() {
    return { 'mission-done': () => this.finish() };
  }

  /**
   * @param {Mission} mission
   * @param {SVGElement} picture
   * @param {() => string} line
   * @param {boolean} hasClock
   */
  start(mission, picture, line, hasClock) {
    const { taskBar } = this;
    taskBar.open('mission', picture, line, () => this.stop());
    this.mission = mission;
    this.isSeen = mission.checks.map(() => false);
    this.ticks.show(mission.checks, this.table.domains.find(mission.domain));
    taskBar.root.toggleAttribute('data-clock', hasClock);
    taskBar.root.style.setProperty('--ticks', String(mission.checks.length));
    taskBar.root.style.setProperty('--minutes', String(mission.minutes));
    this.look();
  }

  stop() {
    this.mission = null;
    this.ticks.hide();
  }

  finish() {
    const { mission } = this;
    if (!mission || !this.canFinish) return;
    const inspector = new DrawingInspector(this.table.model);
    const isWhole = mission.checks.every((check) => this.isTrue(check, inspector, mission));
    this.taskBar.close();
    this.done(mission, isWhole);
  }

  /** A drawing that came as a whole is nothing to be praised for. */
  get canFinish() {
    return this.card.hasPicture && this.own.drawn.length > 0;
  }

  /** Looks now and then while a line is drawn, never at every point of it. */
  soon() {
    if (this.mission && !this.timer) this.timer = setTimeout(() => this.look(), MissionRun.PACE);
  }

  look() {
    clearTimeout(this.timer);
    this.timer = 0;
    const { mission, taskBar } = this;
    if (!mission) return;
    const inspector = new DrawingInspector(this.table.model);
    const now = mission.checks.map((check) => this.isTrue(check, inspector, mission));
    now.forEach((isSeen, index) => {
      this.ticks.light(index, isSeen);
      if (isSeen && !this.isSeen[index]) this.spoken.say('check_seen');
      this.isSeen[index] ||= isSeen;
    });
    taskBar.root.toggleAttribute('data-whole', now.every(Boolean));
    const done = taskBar.find('[data-action=mission-done]', HTMLButtonElement);
    done.disabled = !this.canFinish;
  }

  /**
   * @param {Check} check
   * @param {DrawingInspector} inspector
   * @param {Mission} mission
   */
  isTrue({ see, colour = '', where = 'anywhere', least = 1 }, inspector, mission) {
    return {
      closed: () => inspector.closed >= DrawingInspector.CLOSED,
      parts: () => inspector.parts >= least,
      strokes: () => this.own.drawn.filter(({ kind }) => kind === 'line').length >= least,
      colour: () => inspector.has(colour, where),
      domain: () => this.table.domain.id === mission.domain,
      picture: () => this.card.hasPicture,
    }[see]();
  }
}

MissionRun.PACE = 250; // ms
