import { find } from '../common/find.js';

/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { Missions } from '../missions/missions.js' */

/** @typedef {{id: string, turn: string}} MissionOrder a mission, and which time it was started */

/**
 * The mission that the teacher starts for all: on an empty paper it begins at once; whoever has drawn
 * something is asked first. It comes once, and then is the first card among the missions.
 */
export class ClassMission {
  /** @param {{root: HTMLElement, table: DrawingTable, missions: Missions}} uses */
  constructor({ root, table, missions }) {
    this.root = root;
    this.table = table;
    this.missions = missions;
    this.dialog = find(root, 'dialog.class-mission', HTMLDialogElement);
    this.isAsking = false;
  }

  /** @param {MissionOrder | null} order */
  async follow(order) {
    if (this.isAsking || this.table.sketch.live) return; // it is told again
    this.isAsking = true;
    const mission = order && (await this.missions.seek(order.id));
    this.isAsking = false;
    this.missions.ofClass = mission ?? null;
    if (!mission) {
      this.dialog.close();
    } else if (order && ClassMission.isNew(order)) {
      const isFree = !this.root.querySelector('dialog[open]') && this.table.sketch.isEmpty;
      if (isFree) this.missions.start(mission);
      else this.offer();
    }
  }

  offer() {
    const card = this.missions.classCard();
    if (!card) return;
    find(this.dialog, '.class-mission-card').replaceChildren(card);
    if (!this.dialog.open) this.dialog.showModal(); // above what may be open
  }

  /** @param {MissionOrder} order */
  static isNew({ turn }) {
    try {
      const isNew = sessionStorage.getItem(ClassMission.KEY) !== turn;
      sessionStorage.setItem(ClassMission.KEY, turn);
      return isNew;
    } catch {
      const isNew = ClassMission.last !== turn;
      ClassMission.last = turn;
      return isNew;
    }
  }
}

ClassMission.KEY = 'i-canvas-class-mission';
/** @type {string | null} where nothing can be stored */
ClassMission.last = null;
