import { find } from '../common/find.js';
import { Preferences } from '../common/preferences.js';
import { Player } from './player.js';
import { SOUNDS } from './recipes.js';

/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { SoundName } from './recipes.js' */

/**
 * What is heard of the page: the tool on the paper, a choice, and what has come true. Its button is
 * in the header; there is no audio before a gesture, nor where the browser has none.
 */
export class Sounds {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Preferences} uses.preferences
   * @param {DrawingTable} uses.table
   * @param {EventTarget} uses.events
   */
  constructor({ root, preferences, table, events }) {
    this.preferences = preferences;
    this.table = table;
    this.button = find(root, '.button-sounds');
    /** @type {{context: AudioContext, player: Player} | null} */
    this.made = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {{x: number, y: number, at: number} | null} where the line ended a moment ago */
    this.end = null;
    for (const type of ['pointerdown', 'pointerup', 'keydown']) {
      root.addEventListener(type, ({ type }) => this.wake(type), { capture: true });
    }
    root.addEventListener('click', ({ target }) => this.chosen(/** @type {Element} */ (target)));
    root.addEventListener('change', () => this.show()); // calm, perhaps
    Preferences.motion.addEventListener('change', () => this.show());
    events.addEventListener('drawing-changed', () => this.draw());
    for (const [event, sound] of Object.entries(Sounds.OF)) {
      events.addEventListener(event, () => this.play(sound));
    }
    this.show();
  }

  get actions() {
    return { sounds: () => this.turn() };
  }

  turn() {
    this.preferences.hasSounds = !this.preferences.hasSounds;
    this.show();
    this.wake('click');
    this.play('pop');
  }

  show() {
    const { hasSounds } = this.preferences;
    this.button.setAttribute('aria-pressed', String(hasSounds));
    if (!hasSounds) this.made?.player.lift();
  }

  /**
   * Browsers let a page be heard once somebody has touched it; the touch of a finger counts when it
   * is lifted.
   *
   * @param {string} type of the event
   */
  wake(type) {
    const isAllowed = navigator.userActivation?.hasBeenActive ?? type !== 'pointerdown';
    if (!isAllowed || !this.preferences.hasSounds) return;
    this.made ??= Sounds.make();
    this.rise();
  }

  static make() {
    if (!window.AudioContext) return null;
    try {
      const context = new AudioContext({ latencyHint: 'interactive' });
      return { context, player: new Player(context) };
    } catch {
      return null; // no loudspeaker, or too many pages that use it
    }
  }

  /** A page that is silent for a while leaves the loudspeaker alone. */
  rise() {
    const context = this.made?.context;
    if (!context) return;
    if (context.state !== 'running') context.resume().catch(() => {});
    clearTimeout(this.timer);
    this.timer = setTimeout(() => context.suspend().catch(() => {}), Sounds.REST);
  }

  /** @param {SoundName} name */
  play(name) {
    if (!this.made || !this.preferences.hasSounds) return;
    this.rise();
    this.made.player.play(SOUNDS[name]);
  }

  /** @param {Element} target */
  chosen(target) {
    const control = target.closest('button, label');
    if (control?.matches(Sounds.CHOICES) && control !== this.button) this.play('pop');
  }

  /** The line has grown, or has ended. */
  draw() {
    const { live } = this.table.sketch;
    const { end } = this;
    const [x, y] = live?.points.at(-1) ?? [0, 0];
    const at = performance.now();
    this.end = live && { x, y, at };
    if (!this.made || !this.preferences.hasSounds) return;
    if (!live) {
      this.made.player.lift();
    } else if (end && at > end.at) {
      this.rise();
      const speed = Math.hypot(x - end.x, y - end.y) / ((at - end.at) / 1000);
      this.made.player.rub(live.kind, speed);
    }
  }
}

/** @type {Object<string, SoundName>} what is heard when something comes true, by event */
Sounds.OF = {
  'outline-closed': 'closed',
  'star-earned': 'star',
  'sticker-kept': 'sticker',
  'picture-kept': 'saved',
  'picture-saved': 'saved',
};
Sounds.CHOICES = '[aria-pressed], [data-size], .pick, .card-start, .play-choice';
Sounds.REST = 4000; // ms
