import { cropFrame, doubledFrame, frameOf } from './frames.js';
import { darkest } from './numbers.js';
import { doubleCubic } from './resize.js';
import { bleed, findSilhouette } from './silhouette.js';

/** @import { Constants } from './constants.js' */
/** @import { Frame } from './frames.js' */

/**
 * Doubles what is painted, guided by lines.
 *
 * @callback Refine
 * @param {Float32Array} input seven planes: R, G, B in -1 to 1, then the lines of the four pixels
 *   that each is to become
 * @param {number} height of a plane
 * @param {number} width
 * @returns {Promise<Float32Array>} R, G, B in -1 to 1, twice as high and wide
 */

/**
 * Doubles a picture and cuts it out along its lines.
 * @param {Refine} refine
 * @param {Uint8ClampedArray} picture RGB on white
 * @param {Uint8Array} edges
 * @param {Uint8Array} lines at twice the size
 * @param {number} size
 * @param {boolean} hasHoles
 * @param {Constants} constants
 * @returns {Promise<Uint8ClampedArray>} RGBA at twice the size, alpha not multiplied in
 */
export async function refinePicture(refine, picture, edges, lines, size, hasHoles, constants) {
  const shape = findSilhouette(picture, edges, lines, size, hasHoles, constants);
  const { body, alpha, away } = shape;
  const rgba = new Uint8ClampedArray(4 * alpha.length);
  const { MARGIN } = constants.silhouette;
  if (body.includes(1)) {
    const small = frameOf(body, size, MARGIN);
    const large = doubledFrame(small);
    const paint = cropFrame(picture, size, 3, small);
    const carried = bleed(paint, cropFrame(body, size, 1, small), small.width, constants);
    const input = toGuided(carried, cropFrame(lines, 2 * size, 1, large), small);
    writePlanes(rgba, await refine(input, small.height, small.width), 2 * size, large, alpha);
  }
  addSmoke(rgba, picture, away, size, constants);
  return rgba;
}

/**
 * The network's input.
 * @param {Uint8ClampedArray} picture RGB
 * @param {Uint8Array} lines at twice the size
 * @param {Frame} frame
 */
function toGuided(picture, lines, { width, height }) {
  const area = width * height;
  const input = new Float32Array(7 * area);
  for (let at = 0; at < area; at += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      input[channel * area + at] = Math.fround(picture[3 * at + channel] / 127.5) - 1;
    }
    const y = (at / width) | 0;
    const corner = 4 * y * width + 2 * (at - y * width);
    for (let step = 0; step < 4; step += 1) {
      const place = corner + (step & 1) + (step >> 1) * 2 * width;
      input[(3 + step) * area + at] = lines[place] < 128 ? 1 : 0;
    }
  }
  return input;
}

/**
 * @param {Uint8ClampedArray} rgba changed in place
 * @param {Float32Array} planes R, G, B in -1 to 1
 * @param {number} side
 * @param {Frame} frame
 * @param {Float32Array} alpha
 */
function writePlanes(rgba, planes, side, { left, top, width, height }, alpha) {
  const area = width * height;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const place = (y + top) * side + x + left;
      rgba[4 * place + 3] = 255 * alpha[place];
      if (!rgba[4 * place + 3]) continue;
      for (let channel = 0; channel < 3; channel += 1) {
        rgba[4 * place + channel] = (planes[channel * area + y * width + x] + 1) * 127.5;
      }
    }
  }
}

/**
 * Adds paint that no outline holds yet, as opaque as it differs from white.
 * @param {Uint8ClampedArray} rgba changed in place
 * @param {Uint8ClampedArray} picture RGB
 * @param {Float32Array} away
 * @param {number} size
 * @param {Constants} constants
 */
function addSmoke(rgba, picture, away, size, { refiner, silhouette }) {
  const faint = 255 * (1 - refiner.FAINT);
  const loose = darkest(picture).map((shade, at) => {
    const y = (at / size) | 0;
    return shade < faint && away[4 * y * size + 2 * (at - y * size)] > 0 ? 1 : 0;
  });
  if (!loose.includes(1)) return;
  const small = frameOf(loose, size, silhouette.MARGIN);
  const { left, top } = doubledFrame(small);
  const { width, height, data } = doubleCubic({
    width: small.width,
    height: small.height,
    data: cropFrame(picture, size, 3, small),
  });
  for (let at = 0; at < width * height; at += 1) {
    const y = (at / width) | 0;
    const place = (y + top) * 2 * size + at - y * width + left;
    if (away[place] <= 0) continue;
    const [red, green, blue] = [data[3 * at], data[3 * at + 1], data[3 * at + 2]];
    const cover = (255 - Math.min(red, green, blue)) / 255;
    if (cover <= refiner.FAINT) continue;
    rgba[4 * place] = 255 - (255 - red) / cover;
    rgba[4 * place + 1] = 255 - (255 - green) / cover;
    rgba[4 * place + 2] = 255 - (255 - blue) / cover;
    rgba[4 * place + 3] = 255 * cover * away[place];
  }
}
