/** @import { Studio } from '../app/studio.js' */

/** A place beside the drawing table: a dialog as large as the page, opened by a button. */
export class Room {
  /**
   * @param {Studio} studio
   * @param {string} name of the dialog's class, of the button's data-action, and of its title
   */
  constructor(studio, name) {
    this.studio = studio;
    this.name = name;
    this.texts = studio.texts;
    /** @type {HTMLDialogElement} */
    this.dialog = studio.root.querySelector('dialog.' + name);
    this.dialog.addEventListener('close', () => this.left());
  }

  /** What its buttons do, by their data-action. */
  get actions() {
    return { [this.name]: () => this.open() };
  }

  open() {
    /** @type {NodeListOf<HTMLDialogElement>} */
    const others = this.studio.root.querySelectorAll('dialog[open]');
    for (const other of others) other.close();
    this.enter();
    this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }

  /** What a room shows may have changed since it was last open. */
  enter() {}

  left() {}

  /** @returns {any} an element of the kind that the markup has there */
  find(selector) {
    return this.dialog.querySelector(selector);
  }
}
