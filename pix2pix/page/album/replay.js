import { context2d } from '../common/canvas.js';
import { Dialog } from '../common/dialog.js';
import { Store } from '../common/store.js';
import { Save } from '../picture/save.js';
import { Film } from './film.js';
import { Gif } from './gif.js';
import { recordId } from './record.js';
import { Snapshots } from './snapshots.js';

/** @import { Preferences } from '../common/preferences.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { PictureCard } from '../picture/picture.js' */
/** @import { AlbumRecord } from './record.js' */

/** Shows how a drawing and its picture grew, over and over, and makes a file of it. */
export class Replay extends Dialog {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {Preferences} uses.preferences
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {Snapshots} uses.snapshots
   * @param {() => void} uses.openAlbum
   */
  constructor({ root, texts, preferences, table, card, snapshots, openAlbum }) {
    super('replay', { root, texts });
    this.preferences = preferences;
    this.table = table;
    this.card = card;
    this.snapshots = snapshots;
    this.screen = this.find('.replay-screen', HTMLCanvasElement);
    /** @type {AlbumRecord | null} null for what is on the drawing table */
    this.record = null;
    /** @type {Film | null} */
    this.film = null;
    this.time = 1; // how far the film has run, 0 to 1
    this.frame = 0;
    /** @type {object | null} what is being loaded, one at a time */
    this.wish = null;
    /** @type {object | null} the file that is being made */
    this.making = null;
    /** @type {Object<string, () => void>} */
    this.deeds = {
      play: () => (this.isPlaying ? this.pause() : this.play()),
      gif: () => this.make((film, making) => this.gif(film, making)),
      video: () => this.make((film, making) => this.video(film, making)),
      album: openAlbum,
    };
    this.dialog.addEventListener('click', ({ target }) => {
      const button = /** @type {Element} */ (target).closest('button');
      this.deeds[button?.dataset.deed ?? '']?.();
    });
  }

  /**
   * Of something in the album, instead of what is on the drawing table.
   * @param {AlbumRecord} record
   */
  openRecord(record) {
    this.record = record;
    this.open();
  }

  async onOpen() {
    const wish = {};
    this.wish = wish;
    this.say(null);
    this.ready(false);
    const film = await this.load();
    if (this.wish !== wish) return; // closed meanwhile
    this.dialog.toggleAttribute('data-empty', !film);
    if (!film) return;
    this.film = film;
    const { width, height } = Film.canvas();
    this.screen.width = width;
    this.screen.height = height;
    this.ready(true);
    this.time = 1;
    if (this.preferences.isStill) this.pause();
    else this.play(0);
  }

  onClose() {
    this.pause();
    this.wish = this.making = this.record = this.film = null;
  }

  /** @param {boolean} isReady */
  ready(isReady) {
    /** @type {NodeListOf<HTMLButtonElement>} */
    const buttons = this.dialog.querySelectorAll('[data-deed]:not([data-deed=album])');
    for (const button of buttons) {
      button.disabled = !isReady;
    }
    this.find('[data-deed=video]').hidden = !Replay.videoType();
    this.screen.hidden = !isReady;
  }

  async load() {
    const { strokes, snapshots, picture } = this.record
      ? Replay.kept(this.record)
      : await this.current();
    if (!strokes.length) {
      this.say('replay_empty');
      return null;
    }
    const points = Snapshots.points(strokes);
    const all = snapshots.filter((snapshot) => snapshot.points < points);
    if (picture) all.push({ points, picture });
    const images = await Promise.all(
      all.map(({ picture }) => createImageBitmap(picture).catch(() => null)),
    );
    const seen = all.flatMap(({ points }, index) => {
      const image = images[index];
      return image ? [{ points, image }] : []; // damaged ones are left out
    });
    return new Film(strokes, seen);
  }

  /** @param {AlbumRecord} record */
  static kept({ drawing, moments, picture }) {
    return { strokes: drawing.strokes, snapshots: moments ?? [], picture };
  }

  /** What is on the table; what was seen of it before a reload is in the album. */
  async current() {
    const id = recordId(this.table);
    const { strokes } = this.table.sketch;
    const before = strokes.length ? await Store.get('drawings', id).catch(() => null) : null;
    const snapshots = Snapshots.joined(before?.moments, this.snapshots.of(id));
    const { hasPicture, picture } = this.card;
    const blob = hasPicture ? await (await fetch(picture.src)).blob() : null;
    return { strokes, snapshots, picture: blob };
  }

  // --- to watch ------------------------------------------------------------------------------

  get isPlaying() {
    return this.frame !== 0;
  }

  play(from = this.time >= 1 ? 0 : this.time) {
    const { film } = this;
    if (!film) return;
    const length = film.seconds * 1000;
    const start = performance.now() - from * length;
    /** @param {number} now */
    const step = (now) => {
      this.time = ((Math.max(now, start) - start) / length) % 1;
      this.draw();
      this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
    this.dialog.dataset.state = 'playing';
  }

  pause() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.dialog.dataset.state = 'paused';
    this.draw();
  }

  draw() {
    this.film?.draw(context2d(this.screen), this.time);
  }

  // --- to keep -------------------------------------------------------------------------------

  /** @param {(film: Film, making: object) => Promise<{blob: Blob, ending: string}>} work */
  async make(work) {
    const { film } = this;
    if (!film) return;
    const making = {};
    this.making = making;
    for (const deed of ['gif', 'video'])
      this.find('[data-deed=' + deed + ']', HTMLButtonElement).disabled = true;
    try {
      const file = await work(film, making);
      if (this.making !== making) return;
      Save.file(file.blob, 'i-canvas-replay.' + file.ending);
      this.say('replay_done');
    } catch {
      if (this.making === making) this.say('replay_failed');
    }
    if (this.making === making) this.ready(true);
  }

  /**
   * Frame by frame, so that the page stays alive meanwhile.
   * @param {Film} film
   * @param {object} making
   */
  async gif(film, making) {
    const canvas = Film.canvas();
    const context = context2d(canvas, { willReadFrequently: true });
    /** @param {number} time */
    const pixels = (time) => {
      film.draw(context, time);
      return context.getImageData(0, 0, canvas.width, canvas.height).data;
    };
    const samples = [0.2, 0.4, 0.6, 1].map((time) => pixels(time).slice());
    const gif = new Gif(canvas.width, canvas.height, Gif.colours(samples));
    const frames = Math.ceil((film.seconds - Film.REST) * Replay.GIF_PACE);
    for (let frame = 0; frame <= frames && this.making === making; frame += 1) {
      const isLast = frame === frames;
      const growing = 1 - Film.REST / film.seconds;
      const delay = isLast ? Film.REST * 100 : 100 / Replay.GIF_PACE;
      gif.add(pixels((growing * frame) / frames), Math.round(delay));
      this.progress(frame / frames);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return { blob: gif.end(), ending: 'gif' };
  }

  /**
   * As long as the film is: the browser records what is being drawn.
   * @param {Film} film
   * @param {object} making
   */
  async video(film, making) {
    const canvas = Film.canvas();
    const context = context2d(canvas);
    film.draw(context, 0);
    const type = Replay.videoType() ?? '';
    const stream = canvas.captureStream(30);
    const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 4e6 });
    /** @type {Blob[]} */
    const parts = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const stopped = new Promise((resolve, reject) => {
      recorder.addEventListener('stop', resolve);
      recorder.addEventListener('error', reject);
    });
    recorder.start();
    const start = performance.now();
    for (let time = 0; time < 1 && this.making === making; ) {
      await new Promise((resolve) => setTimeout(resolve, 33));
      time = Math.min(1, (performance.now() - start) / (film.seconds * 1000));
      film.draw(context, time);
      this.progress(time);
    }
    recorder.stop();
    await stopped;
    const ending = type.includes('mp4') ? 'mp4' : 'webm';
    return { blob: new Blob(parts, { type: type.split(';')[0] }), ending };
  }

  static videoType() {
    if (!window.MediaRecorder || !HTMLCanvasElement.prototype.captureStream) return null;
    return Replay.VIDEO_TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
  }

  /** @param {number} share */
  progress(share) {
    const percent = Math.floor(share * 10) * 10;
    this.say('replay_making', percent);
  }

  /**
   * @param {string | null} key of a text; null if there is nothing to be said
   * @param {number} [n]
   */
  say(key, n) {
    const words = () => (key ? this.texts.get(key, { n }) : '');
    const note = this.find('.replay-note');
    if (note.textContent !== words()) this.texts.write(note, words);
  }
}

Replay.GIF_PACE = 10; // frames a second
Replay.VIDEO_TYPES = [
  'video/mp4;codecs=avc1.42E01F',
  'video/mp4',
  'video/webm;codecs=vp9',
  'video/webm',
];
