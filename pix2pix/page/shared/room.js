/** A place beside the drawing table: a dialog as large as the page, opened by a button. */
class Room {
  /**
   * @param {Studio} studio
   * @param {string} name of the dialog's class, of the button's data-action, and of its title
   */
  constructor(studio, name) {
    this.studio = studio;
    this.texts = studio.texts;
    this.dialog = studio.root.querySelector('dialog.' + name);
    this.dialog.addEventListener('close', () => this.left());
    studio.actions[name] = () => this.open();
  }

  open() {
    for (const other of this.studio.root.querySelectorAll('dialog[open]')) other.close();
    this.enter();
    this.dialog.showModal();
  }

  close() {
    this.dialog.close();
  }

  /** What a room shows may have changed since it was last open. */
  enter() {}

  left() {}

  find(selector) {
    return this.dialog.querySelector(selector);
  }
}
