/** @import { App } from '../app/app.js' */

/** A dialog as large as the page, beside the drawing table, opened by a button. */
export class Dialog {
  /**
   * @param {App} app
   * @param {string} name of the dialog's class, of the button's data-action, and of its title
   */
  constructor(app, name) {
    this.app = app;
    this.name = name;
    this.texts = app.texts;
    /** @type {HTMLDialogElement} */
    this.dialog = app.root.querySelector('dialog.' + name);
    this.dialog.addEventListener('close', () => this.onClose());
  }

  /** What its buttons do, by their data-action. */
  get actions() {
    return { [this.name]: () => this.open() };
  }

  open() {
    /** @type {NodeListOf<HTMLDialogElement>} */
    const others = this.app.root.querySelectorAll('dialog[open]');
    for (const other of others) other.close();
    this.onOpen();
    this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }

  /** What it shows may have changed since it was last open. */
  onOpen() {}

  onClose() {}

  /** @returns {any} an element of the kind that the markup has there */
  find(selector) {
    return this.dialog.querySelector(selector);
  }
}
