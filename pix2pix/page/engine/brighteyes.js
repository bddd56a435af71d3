import { findFaces } from './faces.js';
import { drawMark, lay } from './features.js';
import { clip, roundEven } from './numbers.js';

/** @import { Constants } from './constants.js' */
/** @import { Eye, Face } from './faces.js' */
/** @import { Canvas } from './features.js' */

/**
 * Draws dark eyes with a light in them, and mouths, as drawn: those of animals, lost in black fur.
 * @template {Uint8ClampedArray} T
 * @param {T} picture RGB or RGBA
 * @param {number} side of the picture
 * @param {Uint8Array} edges
 * @param {number} size of the edge map
 * @param {(at: number) => unknown} isColoured whether an eye with its middle there keeps its colour
 * @param {Constants} constants
 */
export function drawBrightEyes(picture, side, edges, size, isColoured, constants) {
  const faces = findFaces(edges, size, constants);
  if (!faces.length) return picture;
  const channels = picture.length / (side * side);
  const canvas = { data: new Float32Array(picture), side, channels, scale: side / size };
  const { MOUTH, MOUTH_WIDTH } = constants.brightEyes;
  for (const face of faces) {
    if (face.mouth) drawMark(canvas, face, face.mouth, size, MOUTH, MOUTH_WIDTH);
    for (const eye of face.eyes) {
      if (isColoured(roundEven(eye.y) * size + roundEven(eye.x))) continue;
      if (eye.isClosed) drawMark(canvas, face, eye.label, size, MOUTH, MOUTH_WIDTH);
      else drawDarkEye(canvas, face, eye, constants);
    }
  }
  return new Uint8ClampedArray(canvas.data); // rounds halves to even
}

/**
 * @param {Canvas} canvas
 * @param {Face} face
 * @param {Eye} eye
 * @param {Constants} constants
 */
function drawDarkEye(canvas, { box }, eye, { brightEyes }) {
  const [share, ofHead, least] = brightEyes.RADIUS;
  const radius = Math.max(share * Math.min(eye.width, eye.height), ofHead * box.width, least);
  /**
   * @param {number[]} colour
   * @param {number} x share of the iris, as are the others
   * @param {number} y
   * @param {number} extent
   */
  const disc = (colour, x, y, extent) =>
    lay(canvas, eye.x, eye.y, radius + 2, colour, (across, along) => {
      const far = Math.sqrt((across - x * radius) ** 2 + (along - y * radius) ** 2);
      return clip(0.5 - (far - extent * radius) * canvas.scale);
    });
  const [right, down] = brightEyes.LIGHT_AT;
  disc(brightEyes.IRIS, 0, 0, 1);
  disc(brightEyes.PUPIL, 0, 0, brightEyes.BLACK);
  disc(brightEyes.LIGHT, right, down, brightEyes.LIGHT_SIZE);
}
