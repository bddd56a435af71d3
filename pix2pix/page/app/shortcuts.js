/** @import { Toolbar } from './toolbar.js' */

/** Keys for everything in the toolbar; by their place, so that they work with Hangul as well. */
export class Shortcuts {
  /**
   * @param {Toolbar} toolbar
   * @param {(action: string) => void} act
   */
  constructor(toolbar, act) {
    /** @type {Object<string, () => void>} */
    const choose = {
      KeyP: () => toolbar.pick('pen'),
      KeyC: () => toolbar.pick('colour'),
      KeyE: () => toolbar.pick('eraser'),
      BracketLeft: () => toolbar.step(-1),
      BracketRight: () => toolbar.step(1),
      KeyR: () => act('surprise'),
      KeyN: () => act('another'),
      KeyF: () => act('photo'),
      KeyD: () => act('paper'),
      KeyG: () => act('gray'),
      KeyS: () => act('save'),
      KeyB: () => act('both'),
      KeyL: () => act('enlarge'),
      KeyK: () => act('keep'),
      Delete: () => act('clear'),
    };
    window.addEventListener('keydown', (event) => {
      // A dialog that has just closed may keep the focus for a moment: its inputs do not count.
      const typing = /** @type {Element} */ (event.target).matches?.('input:not(dialog *)');
      if (typing || document.querySelector('dialog[open]')) return;
      const held = event.ctrlKey || event.metaKey;
      let run = held || event.altKey ? null : choose[event.code];
      if (event.key === '?') run = () => act('help');
      if (held && event.code === 'KeyZ') run = () => act(event.shiftKey ? 'redo' : 'undo');
      if (held && event.code === 'KeyY') run = () => act('redo');
      if (!run) return;
      event.preventDefault();
      run();
    });
  }
}
