import { find } from '../common/find.js';

/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { DrawingTable } from '../drawing/table.js' */

/**
 * Pencils down: the page is covered until they may be taken up again. A line that is being drawn
 * ends where it is, and what is open below stays as it is.
 */
export class Rest {
  /** @param {{root: HTMLElement, table: DrawingTable, spoken: LiveRegion}} uses */
  constructor({ root, table, spoken }) {
    this.dialog = find(root, 'dialog.rest', HTMLDialogElement);
    this.table = table;
    this.spoken = spoken;
    this.isOn = false;
    this.dialog.addEventListener('cancel', (event) => event.preventDefault());
    // Browsers close it at a second Escape all the same, and other dialogs close what is open.
    this.dialog.addEventListener('close', () => this.show());
  }

  /** @param {boolean} isOn */
  turn(isOn) {
    if (isOn === this.isOn) return;
    this.isOn = isOn;
    if (isOn) this.table.end(false);
    this.spoken.say(isOn ? 'rest_tip' : 'rest_over');
    if (isOn) this.show();
    else this.dialog.close();
  }

  show() {
    if (this.isOn && !this.dialog.open) this.dialog.showModal();
  }
}
