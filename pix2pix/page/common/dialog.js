import { find, findAll } from './find.js';

/** @import { Texts } from './texts.js' */

/** A dialog as large as the page, beside the drawing table, opened by a button. */
export class Dialog {
  /**
   * @param {string} name of the dialog's class, of the button's data-action, and of its title
   * @param {{root: HTMLElement, texts: Texts}} page
   */
  constructor(name, { root, texts }) {
    this.name = name;
    this.root = root;
    this.texts = texts;
    this.dialog = find(root, 'dialog.' + name, HTMLDialogElement);
    this.dialog.addEventListener('close', () => this.onClose());
  }

  /**
   * What its buttons do, by their data-action.
   * @returns {Object<string, () => void>}
   */
  get actions() {
    return { [this.name]: () => this.open() };
  }

  open() {
    for (const other of findAll(this.root, 'dialog[open]', HTMLDialogElement)) other.close();
    this.onOpen();
    this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }

  /** What it shows may have changed since it was last open. */
  onOpen() {}

  onClose() {}

  /**
   * @template {Element} [T=HTMLElement]
   * @param {string} selector
   * @param {new () => T} [kind]
   * @returns {T}
   */
  find(selector, kind) {
    return find(this.dialog, selector, kind);
  }
}
