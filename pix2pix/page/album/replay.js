import { Dialog } from '../common/dialog.js';
import { Store } from '../common/store.js';
import { Save } from '../picture/save.js';
import { Film } from './film.js';
import { Gif } from './gif.js';
import { recordId } from './record.js';
import { Snapshots } from './snapshots.js';

/** @import { App } from '../app/app.js' */

/** Shows how a drawing and its picture grew, over and over, and makes a file of it. */
export class Replay extends Dialog {
  /**
   * @param {App} app
   * @param {Snapshots} snapshots
   * @param {() => void} openAlbum
   */
  constructor(app, snapshots, openAlbum) {
    super(app, 'replay');
    this.snapshots = snapshots;
    this.screen = this.find('.replay-screen');
    this.record = null;
    this.film = null;
    this.frame = 0;
    this.making = null;
    this.deeds = {
      play: () => (this.isPlaying ? this.pause() : this.play()),
      gif: () => this.make(() => this.gif()),
      video: () => this.make(() => this.video()),
      album: openAlbum,
    };
    this.dialog.addEventListener('click', ({ target }) => {
      const button = /** @type {Element} */ (target).closest('button');
      this.deeds[button?.dataset.deed]?.();
    });
  }

  /** Of something in the album, instead of what is on the drawing table. */
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
    if (this.app.preferences.isStill) this.pause();
    else this.play(0);
  }

  onClose() {
    this.pause();
    this.wish = this.making = this.record = this.film = null;
  }

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
    const load = ({ picture }) => createImageBitmap(picture).catch(() => null);
    const images = await Promise.all(all.map(load));
    const seen = all.map((snapshot, index) => ({ points: snapshot.points, image: images[index] }));
    return new Film(
      strokes,
      seen.filter(({ image }) => image),
    ); // damaged ones are left out
  }

  static kept({ drawing, moments, picture }) {
    return { strokes: drawing.strokes, snapshots: moments ?? [], picture };
  }

  /** What is on the table; what was seen of it before a reload is in the album. */
  async current() {
    const { app } = this;
    const id = recordId(app);
    const { strokes } = app.sketch;
    const before = strokes.length ? await Store.get('drawings', id).catch(() => null) : null;
    const snapshots = Snapshots.joined(before?.moments, this.snapshots.of(id));
    const { hasPicture, picture } = app.card;
    return { strokes, snapshots, picture: hasPicture && (await (await fetch(picture.src)).blob()) };
  }

  // --- to watch ------------------------------------------------------------------------------

  get isPlaying() {
    return this.frame !== 0;
  }

  play(from = this.time >= 1 ? 0 : this.time) {
    const length = this.film.seconds * 1000;
    const start = performance.now() - from * length;
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
    if (this.film) this.draw();
  }

  draw() {
    this.film.draw(this.screen.getContext('2d'), this.time);
  }

  // --- to keep -------------------------------------------------------------------------------

  async make(work) {
    const making = {};
    this.making = making;
    for (const deed of ['gif', 'video']) this.find('[data-deed=' + deed + ']').disabled = true;
    try {
      const file = await work();
      if (this.making !== making) return;
      Save.file(file.blob, 'i-canvas-replay.' + file.ending);
      this.say('replay_done');
    } catch {
      if (this.making === making) this.say('replay_failed');
    }
    if (this.making === making) this.ready(true);
  }

  /** Frame by frame, so that the page stays alive meanwhile. */
  async gif() {
    const { film, making } = this;
    const canvas = Film.canvas();
    const context = canvas.getContext('2d', { willReadFrequently: true });
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

  /** As long as the film is: the browser records what is being drawn. */
  async video() {
    const { film, making } = this;
    const canvas = Film.canvas();
    const context = canvas.getContext('2d');
    film.draw(context, 0);
    const type = Replay.videoType();
    const stream = canvas.captureStream(30);
    const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 4e6 });
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

  progress(share) {
    const percent = Math.floor(share * 10) * 10;
    this.say('replay_making', percent);
  }

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
