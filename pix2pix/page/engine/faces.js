import { boxesOf, connectedComponents, floodFromBorder } from './components.js';
import { findParts, remembered, toTheLines } from './regions.js';

/** @import { Constants } from './constants.js' */

/**
 * Where a drawing has faces: pairs of eyes within a closed part, and the mouth below them.
 *
 * @typedef {object} Box
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 */

/**
 * Connected lines within a head.
 * @typedef {Box & {label: number, x: number, y: number, size: number, isRing: boolean,
 *   isDash: boolean, flatness: number}} Mark
 */

/**
 * @typedef {object} Eye
 * @property {number} x its middle, px
 * @property {number} y
 * @property {number} width half of it
 * @property {number} height half of it
 * @property {[x: number, y: number]} pupil
 * @property {boolean} isClosed a lid only
 * @property {number} label of its lines
 */

/**
 * @typedef {object} Face
 * @property {Uint8Array} head 1 in it and in all that lies in it
 * @property {Box} box the head's
 * @property {Eye[]} eyes one, or more
 * @property {number} mouth label of its lines, 0 without one
 * @property {Int32Array} labels the connected lines of the drawing by number
 */

/**
 * The faces of a drawing, from top to bottom; not to be changed.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
export function findFaces(edges, size, constants) {
  return remembered(edges, 'faces', () => facesOf(edges, size, constants));
}

/**
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
function facesOf(edges, size, constants) {
  const { FLAT, GAPS, HIGH, LONE_TOP } = constants.faces;
  const lines = edges.map((tone) => (tone ? 0 : 1));
  const { labels, areas } = connectedComponents(lines, size, size, 8);
  const boxes = boxesOf(labels, size, areas.length);
  const [first, last] = [lines.indexOf(1), lines.lastIndexOf(1)].map((at) => Math.floor(at / size));
  /** @type {Face[]} */
  const faces = [];
  const parts = findParts(edges, size, GAPS, constants).sort(
    (one, other) => one.centre[1] - other.centre[1],
  );
  for (const { mask } of parts) {
    const grown = toTheLines(mask, edges, size, 2 * GAPS[GAPS.length - 1], true);
    const head = filled(grown, size, size);
    const [box] = boxesOf(head, size, 2).slice(1);
    if (box.height < FLAT * box.width || box.top > first + HIGH * (last - first)) continue;
    if (faces.some((face) => isBelow(box, face.box, constants))) continue;
    const marks = marksWithin(head, box, labels, areas, boxes, size, constants);
    const may = mayBeEyes(marks, box, constants);
    let pair = findPair(may, box, constants);
    const isHigh = box.top <= first + LONE_TOP * (last - first);
    const lone = isHigh ? loneEye(may, box, constants) : [];
    const found = pair ? eyesOf(pair, marks, box, constants) : lone;
    if (!found.length) continue;
    pair ??= [found[0], found[0]];
    const made = found.map((mark) => eyeOf(mark, marks, box, found, constants));
    const eyes = alike(made, constants);
    const mouth = findMouth(marks, pair, box, constants);
    faces.push({ head, box, eyes, mouth, labels });
  }
  return faces;
}

/**
 * A mask with everything that lies in it.
 * @param {Uint8Array} mask of 0 and 1
 * @param {number} width
 * @param {number} height
 */
export function filled(mask, width, height) {
  return floodFromBorder(mask, width, height, true).map((isReached) => isReached ^ 1);
}

/**
 * The connected lines that lie within a head and do not touch its outline.
 * @param {Uint8Array} head
 * @param {Box} box
 * @param {Int32Array} labels
 * @param {number[]} areas
 * @param {Box[]} boxes
 * @param {number} size
 * @param {Constants} constants
 */
function marksWithin(head, box, labels, areas, boxes, size, { faces }) {
  const inside = new Int32Array(areas.length);
  for (let at = 0; at < head.length; at += 1) if (head[at]) inside[labels[at]] += 1;
  /** @type {Mark[]} */
  const marks = [];
  for (let label = 1; label < areas.length; label += 1) {
    const { left, top, width, height } = boxes[label];
    const isOutline = width > faces.OUTLINE * box.width || height > faces.OUTLINE * box.height;
    if (inside[label] !== areas[label] || isOutline) continue;
    const drawn = new Uint8Array(width * height);
    for (let at = 0; at < drawn.length; at += 1) {
      const place = (top + Math.floor(at / width)) * size + left + (at % width);
      drawn[at] = labels[place] === label ? 1 : 0;
    }
    const area = filled(drawn, width, height).reduce((sum, isIn) => sum + isIn, 0);
    const enclosed = area - areas[label];
    const isRing = enclosed >= faces.RING * width * height && enclosed > 4;
    const [x, y] = [left + (width - 1) / 2, top + (height - 1) / 2];
    const isDash = !isRing && width > faces.DASH * height;
    const flatness = isRing ? Math.max(0, width / height - faces.ROUND) : 0;
    const mark = { label, left, top, width, height, x, y, isRing, isDash, flatness };
    marks.push({ ...mark, size: Math.max(width, height) });
  }
  return marks.sort((one, other) => one.top - other.top || one.left - other.left);
}

/**
 * Does a part lie in or below a face, rather than beside it?
 * @param {Box} box
 * @param {Box} other
 * @param {Constants} constants
 */
function isBelow(box, other, { faces }) {
  const apart = Math.abs(box.left + box.width / 2 - other.left - other.width / 2);
  return apart < faces.BELOW * Math.max(box.width, other.width);
}

/**
 * Does one mark lie within another one's box?
 * @param {Box} one
 * @param {Box} other
 */
function holds(one, other) {
  return (
    one.left < other.left &&
    one.top < other.top &&
    other.left + other.width < one.left + one.width &&
    other.top + other.height < one.top + one.height
  );
}

/**
 * The marks that are small and high enough, and not within a ring.
 * @param {Mark[]} marks
 * @param {Box} box
 * @param {Constants} constants
 */
function mayBeEyes(marks, box, { faces }) {
  const { FEATURE, UPPER } = faces;
  const small = marks.filter(
    ({ width, height }) => width <= FEATURE[0] * box.width && height <= FEATURE[1] * box.height,
  );
  return small.filter(
    (mark) =>
      UPPER[0] * box.height <= mark.y - box.top &&
      mark.y - box.top <= UPPER[1] * box.height &&
      !small.some((other) => other.isRing && holds(other, mark)),
  );
}

/**
 * The two marks that are most like a pair of eyes.
 * @param {Mark[]} may
 * @param {Box} box
 * @param {Constants} constants
 * @returns {[Mark, Mark] | null}
 */
function findPair(may, box, constants) {
  /** @type {[Mark, Mark] | null} */
  let pair = null;
  let least = constants.faces.MOST;
  may.forEach((one, place) => {
    for (const other of may.slice(place + 1)) {
      const cost = costOf(one, other, box, constants);
      if (cost < least) [least, pair] = [cost, [one, other]];
    }
  });
  return pair;
}

/**
 * The mark that is an eye before there is another; none if several could be, or the middle.
 * @param {Mark[]} may
 * @param {Box} box
 * @param {Constants} constants
 */
function loneEye(may, { left, top, width, height }, { faces }) {
  const { LONE_ASIDE, LONE_DOWN, LONE_SIZE } = faces;
  const alone = may.filter((mark) => {
    const aside = Math.abs(mark.x - left - width / 2);
    const down = mark.y - top;
    return (
      !mark.isDash &&
      mark.size <= LONE_SIZE * width &&
      LONE_ASIDE[0] * width <= aside &&
      aside <= LONE_ASIDE[1] * width &&
      LONE_DOWN[0] * height <= down &&
      down <= LONE_DOWN[1] * height
    );
  });
  return alone.length === 1 ? alone : [];
}

/**
 * How unlike two eyes two marks are; infinite if they cannot be.
 * @param {Mark} one
 * @param {Mark} other
 * @param {Box} box
 * @param {Constants} constants
 */
function costOf(one, other, { left, top, width, height }, { faces }) {
  const [across, down] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)];
  const [less, more] = [Math.min(one.size, other.size), Math.max(one.size, other.size)];
  const { APART, TILT, UNLIKE, EYE_LINE, WEIGHTS } = faces;
  if (across < APART[0] * width || across > APART[1] * width || down > TILT * across) {
    return Number.POSITIVE_INFINITY;
  }
  if (more / less > UNLIKE) return Number.POSITIVE_INFINITY;
  const middle = (one.x + other.x) / 2 - left - width / 2;
  const line = (one.y + other.y) / 2 - top - EYE_LINE * height;
  const terms = [
    down / across,
    Math.log(more / less),
    Math.abs(middle) / width,
    Math.abs(line) / height,
    one.flatness + other.flatness,
    Number(one.isDash) + Number(other.isDash),
    Number(one.isRing !== other.isRing),
    Math.max(0, more / width - faces.BIG),
  ];
  return terms.reduce((sum, term, at) => sum + WEIGHTS[at] * term, 0);
}

/**
 * A pair and what else is an eye: a mark like them on the line through them.
 * @param {[Mark, Mark]} pair
 * @param {Mark[]} marks
 * @param {Box} box
 * @param {Constants} constants
 */
function eyesOf(pair, marks, box, { faces }) {
  const [one, other] = pair[0].x <= pair[1].x ? pair : [pair[1], pair[0]];
  const eyes = [one, other];
  const slope = (other.y - one.y) / (other.x - one.x);
  const size = (one.size + other.size) / 2;
  const [LEAST, MOST] = faces.LIKE;
  for (const mark of marks) {
    const off = Math.abs(mark.y - one.y - slope * (mark.x - one.x));
    const near = Math.min(...eyes.map((eye) => Math.abs(mark.x - eye.x)));
    const isLike = LEAST * size <= mark.size && mark.size <= MOST * size;
    if (eyes.includes(mark) || !isLike || mark.isRing !== one.isRing) continue;
    if (off < faces.MORE * box.width && near > faces.APART[0] * box.width) eyes.push(mark);
  }
  return eyes;
}

/**
 * @param {Mark} mark
 * @param {Mark[]} marks
 * @param {Box} box
 * @param {Mark[]} eyes
 * @param {Constants} constants
 * @returns {Eye}
 */
function eyeOf(mark, marks, box, eyes, { faces }) {
  const side = Math.min(box.width, box.height);
  let [width, height] = [mark.width / 2, mark.height / 2];
  const middle = (eyes[0].x + (eyes[1] ?? eyes[0]).x) / 2;
  const isPoint = mark.size <= faces.POINT * side;
  const isClosed = mark.isDash && !isPoint;
  const { SAME } = faces;
  // A ring that does not quite close is one beside another ring of its size.
  const isRing = eyes.some(
    (eye) => eye.isRing && eye.size <= SAME * mark.size && mark.size <= SAME * eye.size,
  );
  if (!isRing || isPoint) {
    [width, height] = [faces.DOT * side, Math.max(faces.DOT * side, height)];
  }
  width = Math.min(width, faces.LARGEST * side);
  height = Math.min(height, faces.LARGEST * side);
  width = Math.max(width, height / faces.WIDE);
  height = Math.max(height, faces.SLIM * width);
  const within = marks.find((other) => other !== mark && holds(mark, other));
  const towards = Math.max(-1, Math.min(1, (middle - mark.x) / side));
  const [ASIDE, DOWN] = faces.LOOK;
  /** @type {[number, number]} */
  const ahead = [mark.x + ASIDE * towards * width, mark.y + DOWN * height];
  return {
    x: mark.x,
    y: mark.y,
    width: isClosed ? mark.width / 2 : width,
    height,
    pupil: mark.isRing && within ? [within.x, within.y] : ahead,
    isClosed,
    label: mark.label,
  };
}

/**
 * Makes nearly equal eyes equal.
 * @param {Eye[]} eyes
 * @param {Constants} constants
 */
function alike(eyes, { faces }) {
  const sizes = eyes.map((eye) => Math.sqrt(eye.width * eye.height));
  if (Math.max(...sizes) > faces.EQUAL * Math.min(...sizes)) return eyes;
  const width = eyes.reduce((sum, eye) => sum + eye.width, 0) / eyes.length;
  const height = eyes.reduce((sum, eye) => sum + eye.height, 0) / eyes.length;
  return eyes.map((eye) => ({ ...eye, width, height }));
}

/**
 * The label of the widest mark below the eyes; 0 without one.
 * @param {Mark[]} marks
 * @param {[Mark, Mark]} pair
 * @param {Box} box
 * @param {Constants} constants
 */
function findMouth(marks, pair, box, { faces }) {
  const [one, other] = pair;
  const mouths = marks.filter(
    (mark) =>
      mark !== one &&
      mark !== other &&
      mark.width >= faces.MOUTH[0] * box.width &&
      mark.y - (one.y + other.y) / 2 >= faces.MOUTH[1] * box.height &&
      mark.top + mark.height > Math.max(one.y, other.y) &&
      Math.abs(mark.x - box.left - box.width / 2) <= faces.BESIDE * box.width,
  );
  const widest = Math.max(0, ...mouths.map((mark) => mark.width));
  return mouths.find((mark) => mark.width === widest)?.label ?? 0;
}
