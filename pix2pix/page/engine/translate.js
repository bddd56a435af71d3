import { whitenBackground, whitenHoles } from './background.js';
import { drawBrightEyes } from './brighteyes.js';
import { findCar, finishCar } from './car.js';
import { crayonRim, isBody } from './colouredarea.js';
import { colourPlane } from './colours.js';
import { PAPER } from './constants.js';
import { strengthenContrast } from './contrast.js';
import { matchColours } from './crayons.js';
import { DrawingError } from './errors.js';
import { drawFeatures, eyeColours } from './features.js';
import { fillParts } from './fill.js';
import { closeAround, closeOutlines } from './gaps.js';
import { findDabs } from './hints.js';
import { cleanFills, drawInk } from './ink.js';
import { paintLeather } from './leather.js';
import { cutOut, dabsOffHoles } from './matting.js';
import { centreLines, edgesAsDrawing, normaliseStrokes } from './normalise.js';
import { refinePicture } from './refiner.js';
import { resizeNearest, toSquare } from './resize.js';
import { completeShoe } from './shoes.js';
import { findStraps } from './straps.js';
import { drawWheels, seenLooks } from './tyres.js';
import { findWheels } from './wheels.js';

/** @import { Config } from './colours.js' */
/** @import { Constants, Picture } from './constants.js' */
/** @import { Polarity } from './normalise.js' */
/** @import { Refine } from './refiner.js' */

/**
 * A domain's networks, and what is known about them.
 *
 * @typedef {object} Model
 * @property {Config} config as in the domain's `config.json`
 * @property {Constants} constants
 * @property {(input: Float32Array) => Promise<Float32Array>} generate from five planes (lines, R, G,
 *   B and mask of the hints) to three, R, G, B in -1 to 1
 * @property {Refine} [refine] needed for pictures of twice the size
 */

/**
 * As in `pix2pix.translator.Translator.translate`.
 *
 * @typedef {object} Options
 * @property {Picture | null} [hints] dabs of colour in the frame of the drawing
 * @property {number | null} [seed] null leaves the colours to the generator; 0 by default
 * @property {number | null} [strength] how strictly a colour is kept, 0 to 1
 * @property {boolean} [accent]
 * @property {Polarity} [polarity]
 * @property {number | null} [size] the model's own, or twice that
 */

/**
 * @typedef {object} Translation
 * @property {Uint8Array} edges 0 on lines, 255 elsewhere, `size` px a side
 * @property {number} size
 * @property {Picture} picture
 * @property {Picture | null} cutout without its background, at twice the size; see `cutOutPicture`
 */

/**
 * The picture for a drawing: `pix2pix.translator.Translator.translate`, without Python.
 * @param {Model} model
 * @param {Picture} drawing of any size; one that is not square is centred on a square
 * @param {Options} [options]
 * @returns {Promise<Translation>}
 * @throws {DrawingError} `empty_drawing`, `bad_image` or `bad_size`
 */
export async function translate(model, drawing, options = {}) {
  const { constants } = model;
  const config = present(model);
  const { size } = config;
  const wanted = options.size ?? size;
  if (wanted !== size && (wanted !== 2 * size || !model.refine)) {
    const sizes = model.refine ? `${size} or ${2 * size}` : `${size}`;
    throw new DrawingError('bad_size', `These pictures are ${sizes} px a side, not ${wanted}.`);
  }
  check(drawing, 'This picture cannot be read; send an 8-bit gray or RGB image.');
  if (options.hints) check(options.hints, 'Colour hints must be an 8-bit RGBA image.');
  const polarity = options.polarity ?? 'dark-on-light';
  /** @param {number} side */
  const place = (side) => placeHints(options.hints ?? null, side, constants);
  const placed = place(size);
  let edges = closeOutlines(normaliseStrokes(drawing, polarity, size, constants), size, constants);
  const isColoured = isBody(edges, placed, size, constants);
  edges = isColoured
    ? darker(edges, crayonRim(placed, size, constants))
    : closeAround(edges, findDabs(placed), size, constants);
  if (!edges.includes(0)) {
    throw new DrawingError('empty_drawing', 'There is nothing drawn yet; draw a line to begin.');
  }
  const picture = await paint(model, config, edges, placed, options);
  if (wanted === size || !model.refine) {
    return { edges, size, picture: withAlpha(picture, size), cutout: null };
  }
  let lines = centreLines(drawing, polarity, wanted, constants);
  if (isColoured) lines = darker(lines, crayonRim(place(wanted), wanted, constants));
  const hasHoles = Boolean(config.has_holes);
  let rgba = await refinePicture(model.refine, picture, edges, lines, size, hasHoles, constants);
  if (config.has_face) rgba = facesAsIn(picture, rgba, wanted, edges, size, constants);
  if (config.bright_eyes) rgba = eyesAsIn(picture, rgba, wanted, edges, size, constants);
  if (config.has_wheels) rgba = wheelsAsIn(picture, rgba, wanted, edges, size, constants);
  if (config.inked) rgba = drawInk(rgba, lines, wanted, constants);
  const cutout = { width: wanted, height: wanted, data: rgba };
  return { edges, size, picture: overWhite(cutout), cutout };
}

/**
 * A picture of the model's own size without its white background.
 * @param {Model} model
 * @param {Pick<Translation, 'picture' | 'edges'>} translation
 * @returns {Picture}
 */
export function cutOutPicture(model, { picture, edges }) {
  const config = present(model);
  const { size } = config;
  const data = cutOut(
    withoutAlpha(picture),
    edges,
    size,
    Boolean(config.has_holes),
    model.constants,
  );
  return { width: size, height: size, data };
}

/**
 * Doubles a picture of the model's own size and cuts it out along its edge map, for pictures whose
 * drawing is not at hand.
 * @param {Model & {refine: Refine}} model
 * @param {Pick<Translation, 'picture' | 'edges'>} translation
 * @returns {Promise<Picture>}
 */
export async function refineTranslation(model, { picture, edges }) {
  const { constants, refine } = model;
  const config = present(model);
  const side = 2 * config.size;
  const lines = centreLines(edgesAsDrawing(edges, config.size), 'dark-on-light', side, constants);
  const rgb = withoutAlpha(picture);
  const hasHoles = Boolean(config.has_holes);
  let rgba = await refinePicture(refine, rgb, edges, lines, config.size, hasHoles, constants);
  if (config.has_face) rgba = facesAsIn(rgb, rgba, side, edges, config.size, constants);
  if (config.bright_eyes) rgba = eyesAsIn(rgb, rgba, side, edges, config.size, constants);
  if (config.has_wheels) rgba = wheelsAsIn(rgb, rgba, side, edges, config.size, constants);
  const data = config.inked ? drawInk(rgba, lines, side, constants) : rgba;
  return { width: side, height: side, data };
}

/**
 * The configuration, its keys by their present names.
 * @param {Model} model
 * @returns {Config}
 */
function present({ config, constants }) {
  const renamed = Object.entries(constants.renamed)
    .filter(([old]) => old in config)
    .map(([old, name]) => [name, /** @type {Object<string, unknown>} */ (config)[old]]);
  return { ...Object.fromEntries(renamed), ...config };
}

/**
 * @param {Picture} picture
 * @param {string} message
 */
function check({ width, height, data }, message) {
  if (!width || !height || data.length !== 4 * width * height) {
    throw new DrawingError('bad_image', message);
  }
}

/**
 * Dabs in the frame of the edge map.
 * @param {Picture | null} hints
 * @param {number} size
 * @param {Constants} constants
 */
function placeHints(hints, size, { normalise }) {
  if (!hints) return new Uint8ClampedArray(4 * size * size);
  return toSquare(hints, 4, size, normalise.LARGE, resizeNearest);
}

/**
 * The darker of two edge maps at each pixel.
 * @param {Uint8Array} edges
 * @param {Uint8Array} others
 */
function darker(edges, others) {
  return edges.map((tone, at) => Math.min(tone, others[at]));
}

/**
 * The picture for an edge map, RGB.
 * @param {Model} model
 * @param {Config} config
 * @param {Uint8Array} drawn
 * @param {Uint8ClampedArray} placed RGBA
 * @param {Options} options
 */
async function paint({ generate, constants }, config, drawn, placed, options) {
  const { size } = config;
  const straps = config.has_holes ? findStraps(drawn, size, constants) : null;
  const whole = straps?.edges ?? drawn;
  const seed = options.seed === undefined ? 0 : options.seed;
  const accent = options.accent ?? false;
  const hinted = colourPlane(whole, placed, seed, accent, config, constants);
  let { dabs } = hinted;
  const { edges: sketch, plane } = config.has_sole
    ? completeShoe(whole, size, hinted.plane, dabs, constants)
    : { edges: whole, plane: hinted.plane };
  const car = config.has_wheels ? findCar(sketch, size, dabs, constants) : null;
  const edges = car?.edges ?? sketch;
  const usual = config.hint_strength || constants.hints.HINT_STRENGTH;
  const input = toInput(edges, plane, options.strength ?? usual);
  const painted = toPicture(await generate(input), edges.length);
  let picture = whitenBackground(painted, edges, size, config.line_margin ?? 0, constants);
  if (straps) {
    picture = whitenHoles(picture, straps, size, constants);
    picture = paintLeather(picture, straps, size, constants);
    dabs = dabsOffHoles(picture, straps, dabs, size, constants);
  }
  const amount = config.local_contrast ?? 0;
  if (amount) picture = strengthenContrast(picture, size, amount, constants);
  const kept = options.strength ?? 1;
  picture = matchColours(picture, edges, size, plane, dabs, kept, constants);
  if (config.line_margin) picture = fillParts(picture, edges, size, plane, kept, constants);
  if (config.has_face) {
    const colourAt = eyeColours(plane, dabs, seed, constants);
    picture = drawFeatures(picture, size, edges, size, colourAt, constants);
  }
  if (config.bright_eyes) {
    picture = drawBrightEyes(picture, size, edges, size, (at) => dabs[at], constants);
  }
  if (car) picture = finishCar(picture, car, size, plane, dabs, constants);
  return config.inked ? cleanFills(picture, edges, size, constants) : picture;
}

/**
 * A doubled picture with sharp faces, whose eyes have the colours of the small picture's.
 * @param {Uint8ClampedArray} picture RGB, with features
 * @param {Uint8ClampedArray} rgba doubled
 * @param {number} side of that
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
function facesAsIn(picture, rgba, side, edges, size, constants) {
  const colourAt = (/** @type {number} */ at) => picture.subarray(3 * at, 3 * at + 3);
  return drawFeatures(rgba, side, edges, size, colourAt, constants, true);
}

/**
 * A doubled picture with sharp eyes where the small one has them.
 * @param {Uint8ClampedArray} picture RGB, with eyes
 * @param {Uint8ClampedArray} rgba doubled
 * @param {number} side of that
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
function eyesAsIn(picture, rgba, side, edges, size, constants) {
  const { DARK } = constants.brightEyes;
  const isBright = (/** @type {number} */ at) =>
    Math.max(picture[3 * at], picture[3 * at + 1], picture[3 * at + 2]) > DARK;
  return drawBrightEyes(rgba, side, edges, size, isBright, constants);
}

/**
 * A doubled picture with sharp wheels, in the colours that they have in the small picture.
 * @param {Uint8ClampedArray} picture RGB, with wheels
 * @param {Uint8ClampedArray} rgba doubled
 * @param {number} side of that
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
function wheelsAsIn(picture, rgba, side, edges, size, constants) {
  const wheels = findWheels(edges, size, constants);
  const looks = seenLooks(wheels, picture, size, constants);
  return drawWheels(rgba, side, size, wheels, looks, constants);
}

/**
 * A generator's input: the lines, 1 where they are, then the hints.
 * @param {Uint8Array} edges
 * @param {Float32Array} plane
 * @param {number} share
 */
function toInput(edges, plane, share) {
  const input = new Float32Array(5 * edges.length);
  for (let at = 0; at < edges.length; at += 1) input[at] = edges[at] < PAPER / 2 ? 1 : 0;
  const factor = Math.fround(share);
  for (let at = 0; at < plane.length; at += 1) input[edges.length + at] = plane[at] * factor;
  return input;
}

/**
 * A generator's output as RGB.
 * @param {Float32Array} planes
 * @param {number} area
 */
function toPicture(planes, area) {
  const picture = new Uint8ClampedArray(3 * area);
  for (let at = 0; at < area; at += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      picture[3 * at + channel] = Math.fround((planes[channel * area + at] + 1) * 127.5);
    }
  }
  return picture;
}

/** @param {Picture} picture */
function withoutAlpha({ data }) {
  const rgb = new Uint8ClampedArray((data.length / 4) * 3);
  for (let at = 0, from = 0; at < rgb.length; at += 3, from += 4) {
    rgb[at] = data[from];
    rgb[at + 1] = data[from + 1];
    rgb[at + 2] = data[from + 2];
  }
  return rgb;
}

/**
 * @param {Uint8ClampedArray} rgb
 * @param {number} size
 * @returns {Picture}
 */
function withAlpha(rgb, size) {
  const data = new Uint8ClampedArray(4 * size * size).fill(255);
  for (let at = 0; at < size * size; at += 1) {
    data[4 * at] = rgb[3 * at];
    data[4 * at + 1] = rgb[3 * at + 1];
    data[4 * at + 2] = rgb[3 * at + 2];
  }
  return { width: size, height: size, data };
}

/**
 * @param {Picture} cutout
 * @returns {Picture}
 */
function overWhite({ width, height, data }) {
  const flat = new Uint8ClampedArray(data.length).fill(255);
  for (let at = 0; at < data.length; at += 4) {
    if (!data[at + 3]) continue;
    for (let channel = at; channel < at + 3; channel += 1) {
      flat[channel] = 255 - Math.round(((255 - data[channel]) * data[at + 3]) / 255);
    }
  }
  return { width, height, data: flat };
}
