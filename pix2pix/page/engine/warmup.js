import { GaveWay, giveWay, politeModel } from './giveway.js';
import { translate } from './translate.js';

/** @import { Picture } from './constants.js' */
/** @import { Model } from './translate.js' */

/**
 * What the generator made of the drawing, R, G, B in -1 to 1, and ms until its picture was there.
 *
 * @typedef {{painted: Float32Array, took: number}} Sample
 */

const HOUSE_SIDE = 256;
const HOUSE_LINE = 3;
const HOUSE = [
  [
    [50, 220],
    [50, 110],
    [128, 40],
    [206, 110],
    [206, 220],
    [50, 220],
  ],
  [
    [110, 220],
    [110, 150],
    [150, 150],
    [150, 220],
  ],
];

/**
 * Draws a house that nobody sees. A browser compiles what is run, and compiles it again when it is
 * run often: the first picture takes several times as long as others, so it should not be a child's.
 *
 * @param {object} uses
 * @param {() => Promise<Model>} uses.model
 * @param {(url: string) => Promise<Picture>} uses.decode
 * @param {(picture: Picture) => Promise<string>} uses.encode
 * @param {() => boolean} uses.isAwaited whether a drawing waits meanwhile: it is given way to, at the
 *   latest after one run of a network
 * @returns {Promise<Sample | null>} null if it gave way
 */
export async function warmUp({ model, decode, encode, isAwaited }) {
  try {
    const loaded = await model();
    await giveWay(isAwaited);
    const since = performance.now();
    const drawing = await decode(await encode(house()));
    const { painted, picture } = await drawHouse(loaded, drawing, isAwaited);
    await encode(picture);
    return { painted, took: performance.now() - since };
  } catch (error) {
    if (error instanceof GaveWay) return null;
    throw error;
  }
}

/**
 * @param {Model} model
 * @param {Picture} drawing
 * @param {() => boolean} isAwaited
 */
async function drawHouse(model, drawing, isAwaited) {
  const polite = politeModel(model, isAwaited);
  /** @type {Float32Array} */
  let painted = new Float32Array();
  const watched = {
    ...polite,
    generate: async (/** @type {Float32Array} */ values) => {
      painted = await polite.generate(values);
      return painted;
    },
  };
  const { picture } = await translate(watched, drawing, { size: 2 * model.config.size });
  return { painted, picture };
}

/**
 * A house with a door, black on white.
 * @returns {Picture}
 */
export function house() {
  const data = new Uint8ClampedArray(4 * HOUSE_SIDE * HOUSE_SIDE).fill(255);
  for (const line of HOUSE) {
    for (let corner = 1; corner < line.length; corner += 1) {
      const [[x, y], [toX, toY]] = [line[corner - 1], line[corner]];
      const steps = Math.max(Math.abs(toX - x), Math.abs(toY - y));
      for (let step = 0; step <= steps; step += 1) {
        const share = step / steps;
        blot(data, Math.round(x + share * (toX - x)), Math.round(y + share * (toY - y)));
      }
    }
  }
  return { width: HOUSE_SIDE, height: HOUSE_SIDE, data };
}

/**
 * @param {Uint8ClampedArray} data RGBA
 * @param {number} left
 * @param {number} top
 */
function blot(data, left, top) {
  for (let y = top; y < top + HOUSE_LINE; y += 1) {
    const from = 4 * (y * HOUSE_SIDE + left);
    for (let at = from; at < from + 4 * HOUSE_LINE; at += 4) data.fill(0, at, at + 3);
  }
}
