import { boxesOf } from './components.js';
import { distanceTransform } from './distance.js';
import { filled, findFaces } from './faces.js';
import { clip, roundEven } from './numbers.js';
import { resizeLinear } from './resize.js';

/** @import { Constants } from './constants.js' */
/** @import { Box, Eye, Face } from './faces.js' */

/** @typedef {number[]} Colour R, G, B */
/** @typedef {(at: number) => ArrayLike<number>} ColourAt of a pixel of the edge map, by its index */

/**
 * What is drawn on: a picture, and how much larger than the edge map it is.
 * @typedef {object} Canvas
 * @property {Float32Array} data
 * @property {number} side
 * @property {number} channels
 * @property {number} scale
 */

const REACH = 5; // px of the edge map around lines

/**
 * Draws the eyes, mouths and cheeks of a picture's faces.
 * @template {Uint8ClampedArray} T
 * @param {T} picture RGB or RGBA
 * @param {number} side of the picture
 * @param {Uint8Array} edges
 * @param {number} size of the edge map
 * @param {ColourAt} colourAt the colour of an iris that has its place there
 * @param {Constants} constants
 * @param {boolean} [again] whether the picture was made from one with features
 */
export function drawFeatures(picture, side, edges, size, colourAt, constants, again = false) {
  const faces = findFaces(edges, size, constants);
  if (!faces.length) return picture;
  const channels = picture.length / (side * side);
  const canvas = { data: new Float32Array(picture), side, channels, scale: side / size };
  const { RIM, LID_WIDTH } = constants.features;
  for (const face of faces) {
    if (!again) {
      for (const eye of face.eyes) cleanSkin(canvas, face, eye, size, constants);
      if (face.eyes.length > 1) drawCheeks(canvas, face, size, constants);
    }
    if (face.mouth) drawMouth(canvas, face, size, constants);
    for (const eye of face.eyes) {
      if (eye.isClosed) drawMark(canvas, face, eye.label, size, RIM, LID_WIDTH);
      else drawEye(canvas, eye, size, colourAt, constants);
    }
  }
  return new Uint8ClampedArray(canvas.data); // rounds halves to even
}

/**
 * Colours for irises: those of dabs, and elsewhere the one that a seed chooses.
 * @param {Float32Array} plane
 * @param {Uint8Array} dabs
 * @param {number | null} seed
 * @param {Constants} constants
 * @returns {ColourAt}
 */
export function eyeColours(plane, dabs, seed, { features }) {
  const iris = features.IRISES[(seed ?? 0) % features.IRISES.length];
  const level = (/** @type {number} */ value) => roundEven(Math.fround((value + 1) * 127.5));
  return (at) =>
    dabs[at] ? [0, 1, 2].map((channel) => level(plane[channel * dabs.length + at])) : iris;
}

/**
 * Lays the skin's colour over what the generator painted for an eye.
 * @param {Canvas} canvas
 * @param {Face} face
 * @param {Eye} eye
 * @param {number} size
 * @param {Constants} constants
 */
function cleanSkin(canvas, { head }, eye, size, { features }) {
  const [full, none, end] = features.SKIN;
  const [width, height] = [eye.width + features.EYE_RIM[0], eye.height + features.EYE_RIM[0]];
  const reach = end * Math.max(width, height) + 1;
  const radius = (/** @type {number} */ across, /** @type {number} */ along) =>
    Math.sqrt((across / width) ** 2 + (along / height) ** 2);
  const isIn = (/** @type {number} */ across, /** @type {number} */ along) =>
    headAt(head, size, across + eye.x, along + eye.y);
  const sum = [0, 0, 0];
  let count = 0;
  eachPixel(canvas, eye.x, eye.y, reach, (place, across, along) => {
    const far = radius(across, along);
    if (far < none || far > end || !isIn(across, along)) return;
    for (let channel = 0; channel < 3; channel += 1) {
      sum[channel] += canvas.data[canvas.channels * place + channel];
    }
    count += 1;
  });
  if (!count) return;
  const skin = sum.map((value) => value / count);
  lay(canvas, eye.x, eye.y, reach, skin, (across, along) =>
    isIn(across, along) ? clip((none - radius(across, along)) / (none - full)) : 0,
  );
}

/**
 * @param {Canvas} canvas
 * @param {Face} face
 * @param {number} size
 * @param {Constants} constants
 */
function drawCheeks(canvas, { box, eyes, head, labels, mouth }, size, { features }) {
  const [share, strength, way] = features.CHEEK;
  const pair = eyes.slice(0, 2).sort((one, other) => one.x - other.x);
  let down = features.CHEEK_DOWN * box.height;
  if (mouth) down = way * (meanRow(labels, mouth, size) - (pair[0].y + pair[1].y) / 2);
  const radius = share * Math.min(box.width, box.height);
  pair.forEach((eye, place) => {
    const out = (place ? 1 : -1) * features.CHEEK_OUT * radius;
    const x = Math.min(Math.max(eye.x + out, box.left + radius), box.left + box.width - radius);
    const y = eye.y + down;
    lay(canvas, x, y, features.CHEEK_REACH * radius, features.BLUSH, (across, along) => {
      if (!headAt(head, size, across + x, along + y)) return 0;
      return strength * Math.exp(-(across ** 2 + along ** 2) / radius ** 2);
    });
  });
}

/**
 * 1 where a place, px of the edge map, lies within the head.
 * @param {Uint8Array} head
 * @param {number} size
 * @param {number} x
 * @param {number} y
 */
function headAt(head, size, x, y) {
  return head[clip(roundEven(y), 0, size - 1) * size + clip(roundEven(x), 0, size - 1)];
}

/**
 * @param {Int32Array} labels
 * @param {number} label
 * @param {number} size
 */
function meanRow(labels, label, size) {
  let [sum, count] = [0, 0];
  for (let at = labels.indexOf(label); at < labels.length; at += 1) {
    if (labels[at] !== label) continue;
    sum += Math.floor(at / size);
    count += 1;
  }
  return sum / count;
}

/**
 * @param {Canvas} canvas
 * @param {Eye} eye
 * @param {number} size
 * @param {ColourAt} colourAt
 * @param {Constants} constants
 */
function drawEye(canvas, eye, size, colourAt, { features }) {
  const reach = Math.max(eye.width, eye.height) + 3;
  const small = Math.min(eye.width, eye.height);
  /**
   * How much of a pixel an ellipse covers.
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   * @returns {(across: number, along: number) => number}
   */
  const ellipse = (x, y, width, height) => {
    const [wide, tall] = [Math.max(width, 0.3), Math.max(height, 0.3)];
    const edge = Math.min(wide, tall) * canvas.scale;
    return (across, along) =>
      clip(0.5 - (Math.sqrt(((across - x) / wide) ** 2 + ((along - y) / tall) ** 2) - 1) * edge);
  };
  const white = ellipse(0, 0, eye.width, eye.height);
  /**
   * @param {ArrayLike<number>} colour
   * @param {(across: number, along: number) => number} alpha
   */
  const paint = (colour, alpha) => lay(canvas, eye.x, eye.y, reach, colour, alpha);
  if (small < features.TINY) {
    const [x, y, radius] = features.TINY_SPARK.map((share) => share * small);
    paint(features.PUPIL, white);
    paint(features.WHITE, ellipse(x, y, radius, radius));
    return;
  }
  const rim = features.EYE_RIM[0] + features.EYE_RIM[1] * small;
  paint(features.RIM, ellipse(0, 0, eye.width + rim, eye.height + rim));
  paint(features.WHITE, white);
  paint(features.SHADE, (across, along) => white(across, along) * clip(-along / eye.height - 0.1));
  const radius = features.IRIS * small;
  const [x, y] = [
    bounded(eye.pupil[0] - eye.x, eye.width - features.STAY * radius),
    bounded(eye.pupil[1] - eye.y, eye.height - features.STAY * radius),
  ];
  const [right, down] = features.SAMPLE_AT;
  const [column, row] = [pixel(eye.x + x + right * radius), pixel(eye.y + y + down * radius)];
  /** @param {(across: number, along: number) => number} shape */
  const inside = (shape) => (/** @type {number} */ across, /** @type {number} */ along) =>
    white(across, along) * shape(across, along);
  const black = features.BLACK * radius;
  paint(colourAt(row * size + column), inside(ellipse(x, y, radius, radius)));
  paint(features.PUPIL, inside(ellipse(x, y, black, black)));
  for (const [[beside, below], share] of /** @type {[number[], number][]} */ ([
    [features.SPARK_AT, features.SPARK],
    [features.GLINT_AT, features.GLINT],
  ])) {
    const light = ellipse(x + beside * radius, y + below * radius, share * radius, share * radius);
    paint(features.WHITE, inside(light));
  }
}

/** @param {number} place */
function pixel(place) {
  return Math.max(0, Math.trunc(place + 0.5));
}

/**
 * @param {number} value
 * @param {number} most
 */
function bounded(value, most) {
  return Math.max(-Math.max(most, 0), Math.min(Math.max(most, 0), value));
}

/**
 * Draws a mark of a face as the line that it is.
 * @param {Canvas} canvas
 * @param {Face} face
 * @param {number} label
 * @param {number} size
 * @param {number[]} colour
 * @param {number[]} width as for `halfWidth`
 */
export function drawMark(canvas, face, label, size, colour, width) {
  const half = halfWidth(face.box, width);
  const { box, lines } = markAround(face.labels, label, size);
  const distance = distanceFrom(lines, box, canvas.scale);
  layMap(canvas, box, colour, (at) => clip(0.5 - (distance[at] - half) * canvas.scale));
}

/**
 * @param {Canvas} canvas
 * @param {Face} face
 * @param {number} size
 * @param {Constants} constants
 */
function drawMouth(canvas, face, size, { features }) {
  const { scale } = canvas;
  const half = halfWidth(face.box, features.LIP_WIDTH);
  const { box, lines, drawn } = markAround(face.labels, face.mouth, size);
  const distance = distanceFrom(lines, box, scale);
  const inside = enclosed(lines, box, scale);
  const width = scale * box.width;
  const [x, y] = [drawn.left - box.left, drawn.top - box.top];
  layMap(canvas, box, features.THROAT, (at) => inside[at]);
  const [middle, bottom, halfWide, halfTall] = features.TONGUE_PLACE;
  const edge = halfTall * drawn.height * scale;
  layMap(canvas, box, features.TONGUE, (at) => {
    const column = ((at % width) + 0.5) / scale;
    const row = (Math.floor(at / width) + 0.5) / scale;
    const right = (column - x - middle * drawn.width) / (halfWide * drawn.width);
    const down = (row - y - bottom * drawn.height) / (halfTall * drawn.height);
    return inside[at] * clip(0.5 - (Math.sqrt(right ** 2 + down ** 2) - 1) * edge);
  });
  if (drawn.height >= features.LEAST_TEETH) {
    const end = y + features.TEETH_HEIGHT * drawn.height;
    layMap(canvas, box, features.TEETH, (at) => {
      const row = (Math.floor(at / width) + 0.5) / scale;
      return inside[at] * clip((end - row) * scale + 0.5);
    });
  }
  layMap(canvas, box, features.LIP, (at) => clip(0.5 - (distance[at] - half) * scale));
}

/**
 * @param {Box} box
 * @param {number[]} width
 */
function halfWidth({ width, height }, [share, least, most]) {
  return Math.max(least, Math.min(most, share * Math.min(width, height)));
}

/**
 * Lines of one label with some space around them, and the box without it.
 * @param {Int32Array} labels
 * @param {number} label
 * @param {number} size
 */
function markAround(labels, label, size) {
  const all = labels.map((each) => (each === label ? 1 : 0));
  const drawn = boxesOf(all, size, 2)[1];
  const [left, top] = [Math.max(0, drawn.left - REACH), Math.max(0, drawn.top - REACH)];
  const right = Math.min(drawn.left + drawn.width + REACH, size);
  const bottom = Math.min(drawn.top + drawn.height + REACH, size);
  const box = { left, top, width: right - left, height: bottom - top };
  const lines = new Uint8Array(box.width * box.height);
  for (let at = 0; at < lines.length; at += 1) {
    lines[at] = all[(top + Math.floor(at / box.width)) * size + left + (at % box.width)];
  }
  return { box, lines, drawn };
}

/**
 * How far the pixels of the picture are from lines, in px of the edge map.
 * @param {Uint8Array} lines
 * @param {Box} box
 * @param {number} scale
 */
function distanceFrom(lines, { width, height }, scale) {
  const off = lines.map((isLine) => isLine ^ 1);
  const data = distanceTransform(off, width, height, 5);
  return resizeLinear({ width, height, data }, scale * width, scale * height).data;
}

/**
 * How much of each pixel of the picture lies within closed lines.
 * @param {Uint8Array} lines
 * @param {Box} box
 * @param {number} scale
 */
function enclosed(lines, { width, height }, scale) {
  const inside = filled(lines, width, height);
  const isOpen = inside.every((isIn, at) => isIn === lines[at]);
  const data = isOpen ? new Float32Array(inside.length) : new Float32Array(inside);
  return resizeLinear({ width, height, data }, scale * width, scale * height).data;
}

/**
 * Lays a colour around a place; `alpha` gets how far a pixel is from it, in px of the edge map.
 * @param {Canvas} canvas
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 * @param {ArrayLike<number>} colour
 * @param {(across: number, along: number) => number} alpha
 */
export function lay(canvas, x, y, reach, colour, alpha) {
  eachPixel(canvas, x, y, reach, (place, across, along) =>
    blend(canvas, place, colour, alpha(across, along)),
  );
}

/**
 * Visits the pixels around a place, with how far they are from it, in px of the edge map.
 * @param {Canvas} canvas
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 * @param {(place: number, across: number, along: number) => void} visit
 */
function eachPixel({ scale, side }, x, y, reach, visit) {
  const top = Math.max(0, Math.trunc((y - reach) * scale));
  const bottom = Math.min(side, Math.trunc((y + reach) * scale) + 1);
  const left = Math.max(0, Math.trunc((x - reach) * scale));
  const right = Math.min(side, Math.trunc((x + reach) * scale) + 1);
  for (let row = top; row < bottom; row += 1) {
    const along = (row + 0.5) / scale - 0.5 - y;
    for (let column = left; column < right; column += 1) {
      visit(row * side + column, (column + 0.5) / scale - 0.5 - x, along);
    }
  }
}

/**
 * Lays a colour over a box of the edge map; `alpha` gets the index of the picture's pixel within it.
 * @param {Canvas} canvas
 * @param {Box} box
 * @param {ArrayLike<number>} colour
 * @param {(at: number) => number} alpha
 */
function layMap(canvas, { left, top, width, height }, colour, alpha) {
  const { scale, side } = canvas;
  for (let row = 0; row < scale * height; row += 1) {
    for (let column = 0; column < scale * width; column += 1) {
      const place = (scale * top + row) * side + scale * left + column;
      blend(canvas, place, colour, alpha(row * scale * width + column));
    }
  }
}

/**
 * @param {Canvas} canvas
 * @param {number} place of a pixel
 * @param {ArrayLike<number>} colour
 * @param {number} alpha
 */
function blend({ data, channels }, place, colour, alpha) {
  if (!alpha) return;
  for (let channel = 0; channel < 3; channel += 1) {
    const at = channels * place + channel;
    data[at] += alpha * (colour[channel] - data[at]);
  }
}
