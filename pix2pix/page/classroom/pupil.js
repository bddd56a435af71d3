import { ClassMission } from './classmission.js';
import { Poll } from './poll.js';
import { Rest } from './rest.js';
import { Sending } from './sending.js';

/** @import { Toolbar } from '../app/toolbar.js' */
/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { Missions } from '../missions/missions.js' */
/** @import { PictureCard } from '../picture/picture.js' */
/** @import { MissionOrder } from './classmission.js' */

/** @typedef {{lesson: string, resting: boolean, mission: MissionOrder | null}} News */

/** What a pupil's page has beside all others: it hears what the teacher says, and can send. */
export class Pupil {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {Toolbar} uses.toolbar
   * @param {Missions} uses.missions
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   */
  constructor({ root, table, card, toolbar, missions, spoken, events }) {
    this.rest = new Rest({ root, table, spoken });
    this.mission = new ClassMission({ root, table, missions });
    this.sending = new Sending({ root, card, toolbar, spoken, events });
    /** @type {string | null} */
    this.lesson = null;
    new Poll('classroom/now', {
      heard: (news) => this.hear(news),
      lost: () => this.rest.turn(false), // nobody would tell that it is over
      refused: () => this.leave(),
    });
  }

  get actions() {
    return { ...this.sending.actions, 'class-later': () => this.mission.dialog.close() };
  }

  /** @param {News} news */
  hear({ lesson, resting, mission }) {
    if (this.lesson && this.lesson !== lesson) this.sending.forget();
    this.lesson = lesson;
    this.rest.turn(resting);
    if (!resting) this.mission.follow(mission);
  }

  /** The server is no classroom any more. */
  leave() {
    this.rest.turn(false);
    this.sending.hide();
  }
}
