import { giveWay, politeModel } from './giveway.js';
import { translate } from './translate.js';

/** @import { Picture } from './constants.js' */
/** @import { Model } from './translate.js' */
/** @import { Wish } from './wish.js' */

const GENERATOR_SIDE = 256;
const VARIANTS = 4;
const SEEDS = 2 ** 31;

/** Answers a page's requests as `DrawingService.answer` in pix2pix/server/service.py does. */
export class Answers {
  /**
   * @param {object} uses
   * @param {(domain: string, isPassing: boolean) => Promise<Model>} uses.model as of `Models.get`
   * @param {(url: string) => Promise<Picture>} uses.decode
   * @param {(picture: Picture) => Promise<string>} uses.encode
   */
  constructor({ model, decode, encode }) {
    this.model = model;
    this.decode = decode;
    this.encode = encode;
  }

  /**
   * @param {Wish} wish
   * @param {() => boolean} isNeedless whether nobody waits for it any more
   * @returns {Promise<object>} an error is an answer, too
   */
  async answer(wish, isNeedless = () => false) {
    try {
      return { id: wish.id, ...(await this.made(wish, isNeedless)) };
    } catch (error) {
      const { code = 'server_error', message } = /** @type {Error & {code?: string}} */ (error);
      return { id: wish.id, error: { code, message } };
    }
  }

  /**
   * @param {Wish} wish
   * @param {() => boolean} isNeedless
   */
  async made(wish, isNeedless) {
    const { kind, seed = 0, accent = false, size = 2 * GENERATOR_SIDE } = wish;
    if (kind === 'draw') {
      await giveWay(isNeedless);
      const drawn = await this.draw(wish, seed, accent, size, isNeedless);
      const { picture, edges, size: side } = drawn;
      return { picture: await this.encode(picture), edges: await this.encode(gray(edges, side)) };
    }
    if (kind === 'sticker') {
      const { cutout } = await this.draw(wish, seed, accent, 2 * GENERATOR_SIDE);
      if (!cutout) throw new Error('Nothing was cut out.');
      return { sticker: await this.encode(cutout) };
    }
    if (kind !== 'variants') throw new NeedsServer();
    const variants = [];
    for (let step = 0; step < VARIANTS; step += 1) {
      const { picture } = await this.draw(wish, (seed + step) % SEEDS, true, 2 * GENERATOR_SIDE);
      variants.push(await this.encode(picture));
    }
    return { variants };
  }

  /**
   * @param {Wish} wish
   * @param {number} seed
   * @param {boolean} accent
   * @param {number} size
   * @param {() => boolean} [isNeedless]
   */
  async draw({ domain, drawing, hints }, seed, accent, size, isNeedless) {
    const loaded = await this.model(domain, size === GENERATOR_SIDE);
    const model = isNeedless ? politeModel(loaded, isNeedless) : loaded;
    const lines = await this.decode(drawing);
    const dabs = hints ? await this.decode(hints) : undefined;
    return translate(model, lines, { hints: dabs, seed, accent, size });
  }
}

/** What a server alone can do was asked of a browser. */
class NeedsServer extends Error {
  constructor() {
    super('This needs the i-Canvas server.');
    this.code = 'needs_server';
  }
}

/**
 * @param {Uint8Array} plane
 * @param {number} side
 * @returns {Picture}
 */
function gray(plane, side) {
  const data = new Uint8ClampedArray(4 * plane.length).fill(255);
  for (let at = 0; at < plane.length; at += 1) data.fill(plane[at], 4 * at, 4 * at + 3);
  return { width: side, height: side, data };
}
