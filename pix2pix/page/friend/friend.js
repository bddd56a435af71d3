import { find, findAll } from '../common/find.js';
import { whenIdle } from '../common/idle.js';
import { see, sentence } from '../picture/description.js';
import { gaze } from './gaze.js';
import { nextStep } from './nextstep.js';

/** @import { Voice } from '../app/voice.js' */
/** @import { Preferences } from '../common/preferences.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { TaskBar } from '../missions/taskbar.js' */
/** @import { PictureCard } from '../picture/picture.js' */

/**
 * The easel: its eyes follow the pen, it gasps and is glad, says what it sees, and reads aloud what
 * to do next. It chews while somebody waits, which is the style's. Calm pages have it stand still.
 */
export class Friend {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {Preferences} uses.preferences
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {TaskBar} uses.taskBar
   * @param {Voice} uses.voice
   * @param {EventTarget} uses.events
   */
  constructor({ root, texts, preferences, table, card, taskBar, voice, events }) {
    this.root = find(root, '.friend');
    this.texts = texts;
    this.preferences = preferences;
    this.table = table;
    this.card = card;
    this.taskBar = taskBar;
    this.voice = voice;
    this.bubble = find(this.root, '.friend-bubble');
    this.faces = findAll(root, '.watching', SVGElement);
    this.pen = { x: 0, y: 0 };
    this.frame = 0;
    this.said = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} of the mood */
    this.calming = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} of the bubble */
    this.hiding = undefined;
    for (const type of ['pointermove', 'pointerdown']) {
      root.addEventListener(type, (event) => {
        const { clientX, clientY } = /** @type {PointerEvent} */ (event);
        this.watch(clientX, clientY);
      });
    }
    this.bubble.addEventListener('click', () => this.hush());
    this.listen(events);
    whenIdle(() => voice.show());
  }

  /** @param {EventTarget} events */
  listen(events) {
    events.addEventListener('drawing-changed', () => this.follow());
    events.addEventListener('picture-changed', () => {
      if (!this.card.hasPicture) this.said = '';
    });
    events.addEventListener('picture-described', (event) => {
      const words = /** @type {CustomEvent<() => string>} */ (event).detail;
      if (words() !== this.said) this.tell(words, false);
      this.said = words();
    });
    events.addEventListener('outline-closed', () => this.feel('gasp'));
    for (const event of ['star-earned', 'picture-kept', 'picture-saved', 'sticker-kept']) {
      events.addEventListener(event, () => this.feel('glad'));
    }
  }

  get actions() {
    return { 'friend-aloud': () => this.readAloud() };
  }

  // --- eyes ----------------------------------------------------------------------------------

  /** The end of the line, also of one that is drawn by keys. */
  follow() {
    const end = this.table.sketch.live?.points.at(-1);
    if (!end) return;
    this.hush();
    const { left, top, width, height } = this.table.sheet.getBoundingClientRect();
    this.watch(left + end[0] * width, top + end[1] * height);
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  watch(x, y) {
    this.pen = { x, y };
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      for (const face of this.faces) this.look(face);
    });
  }

  /** @param {SVGElement} face */
  look(face) {
    const { left, top, width, height } = find(face, '.eyes', SVGElement).getBoundingClientRect();
    const { isStill } = this.preferences;
    const eye = { x: left + width / 2, y: top + height / 2 };
    const { x, y } = isStill ? { x: 0, y: 0 } : gaze(eye, this.pen);
    face.style.setProperty('--look-x', x.toFixed(2));
    face.style.setProperty('--look-y', y.toFixed(2));
  }

  // --- moods ---------------------------------------------------------------------------------

  /** @param {'gasp' | 'glad'} mood */
  feel(mood) {
    if (this.preferences.isStill) return;
    this.root.dataset.mood = mood;
    clearTimeout(this.calming);
    this.calming = setTimeout(() => delete this.root.dataset.mood, Friend.MOOD);
  }

  // --- words ---------------------------------------------------------------------------------

  /**
   * @param {() => string} words
   * @param {boolean} isAsked whether somebody wants to hear it
   */
  tell(words, isAsked) {
    this.texts.write(this.bubble, words);
    this.bubble.toggleAttribute('data-asked', isAsked);
    this.bubble.hidden = false;
    clearTimeout(this.hiding);
    const patience = Friend.STAY + words().length * Friend.READING;
    this.hiding = setTimeout(() => this.hush(), patience);
  }

  hush() {
    clearTimeout(this.hiding);
    this.bubble.hidden = true;
  }

  /** What has been taken on, or else what to do next, and what it sees of the picture. */
  readAloud() {
    const { card, table, taskBar, texts } = this;
    const { isColoured, hasPicture } = card;
    const seen = see(table);
    const step = nextStep({
      isEmpty: !table.sketch.hasMarks,
      isPhoto: isColoured,
      isClosed: seen.isClosed,
      hasColours: seen.colours.length > 0,
    });
    const said = hasPicture && !isColoured ? sentence(texts, seen) : () => '';
    const task = taskBar.kind && taskBar.line;
    const words = () => [said(), task ?? texts.get(step)].filter(Boolean).join(' ');
    this.tell(words, true);
    this.voice.say(words());
  }
}

Friend.MOOD = 900; // ms
Friend.STAY = 3000; // ms that what it says stays, and
Friend.READING = 60; // ms more for every letter
