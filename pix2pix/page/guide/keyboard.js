/** Tells the styles, by `data-keys`, once there is a keyboard: keys are of no use to whoever has none. */
export class Keyboard {
  /** @param {HTMLElement} surface */
  constructor(surface) {
    window.addEventListener('keydown', (event) => {
      if (Keyboard.isReal(event)) surface.dataset.keys = '';
    });
  }

  /**
   * A tablet's keyboard on the screen says hardly anything, and only while something is written.
   * @param {KeyboardEvent} event
   */
  static isReal({ key, target }) {
    const isWriting = /** @type {Element | null} */ (target)?.matches?.('input') === true;
    return !isWriting && key !== 'Unidentified';
  }
}
