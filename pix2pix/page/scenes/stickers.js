import { newId } from '../common/id.js';
import { Store } from '../common/store.js';

/** @import { App } from '../app/app.js' */

/** Puts the picture, without its white background, into the sticker drawer of this browser. */
export class Stickers {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    app.addEventListener('picture-changed', () => this.enable());
    this.enable();
  }

  get actions() {
    return { sticker: () => this.keep() };
  }

  enable() {
    this.app.toolbar.enable('sticker', this.app.card.hasPicture);
  }

  keep() {
    const { app } = this;
    if (app.sketch.live || !app.card.hasPicture) return;
    app.goOn();
    app.settle();
    const domain = app.domain.id;
    const errand = app.pending.begin('sticker');
    const request = { ...app.request(), kind: 'sticker' };
    app.pending.ask(errand, request, (answer) => this.receive(answer, domain));
  }

  async receive(answer, domain) {
    const { card } = this.app;
    if (answer.error) return void card.fail(answer.error);
    try {
      const cut = await Stickers.trim(answer.sticker);
      await Store.put('stickers', { id: newId(), domain, ...cut });
      this.fly(cut.picture);
      this.app.speak('sticker_kept');
    } catch {
      card.say('error_not_kept');
    }
  }

  /** Leaves out what is empty around it: {picture, width, height}. */
  static async trim(source) {
    const image = await Stickers.load(source);
    const [canvas, context] = Stickers.canvas(image.width, image.height);
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let [left, top, right, bottom] = [image.width, image.height, -1, -1];
    for (let index = 3; index < data.length; index += 4) {
      if (data[index] < 8) continue;
      const x = (index >> 2) % image.width;
      const y = Math.floor((index >> 2) / image.width);
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
    if (right < 0) return { picture: source, width: image.width, height: image.height };
    const [width, height] = [right - left + 1, bottom - top + 1];
    const [trimmed, target] = Stickers.canvas(width, height);
    target.drawImage(canvas, -left, -top);
    return { picture: trimmed.toDataURL(), width, height };
  }

  /** @returns {[HTMLCanvasElement, CanvasRenderingContext2D]} */
  static canvas(width, height) {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    return [canvas, context];
  }

  static async load(source) {
    const image = new Image();
    image.src = source;
    await image.decode();
    return image;
  }

  /** From the picture to the star, behind which the drawer is. */
  fly(picture) {
    if (this.app.preferences.isStill) return;
    const { root, card } = this.app;
    const star = root.querySelector('.button-play');
    const [from, to] = [card.picture, star].map((node) => node.getBoundingClientRect());
    const image = document.createElement('img');
    image.className = 'flying-sticker';
    image.src = picture;
    image.alt = '';
    root.querySelector('.i-canvas').append(image);
    const at = (box, scale, turn) => {
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const place = 'translate(' + x + 'px, ' + y + 'px) translate(-50%, -50%) ';
      return place + 'rotate(' + turn + 'deg) scale(' + scale + ')';
    };
    const ways = [at(from, 1, 0), at(from, 1.15, -8), at(to, 0.15, 20)];
    const steps = ways.map((transform) => ({ transform }));
    const timing = { duration: 900, easing: 'cubic-bezier(0.5, 0, 0.6, 1)' };
    image.animate(steps, timing).finished.then(() => {
      image.remove();
      star.animate({ scale: [1, 1.25, 1] }, 300);
    });
  }
}
