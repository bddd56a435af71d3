import { blur, SMALL_BLURS } from './blur.js';
import { clip, roundEven } from './numbers.js';
import { resizeLinear } from './resize.js';

/** @import { Constants } from './constants.js' */
/** @import { Ellipse } from './pieces.js' */
/** @import { Wheel } from './wheels.js' */

/** @typedef {number[]} Tint R, G, B */

/**
 * The colours of a wheel: null for silver, and for black.
 * @typedef {{rim: Tint | null, tyre: Tint | null}} WheelLook
 */

/** @typedef {(colour: ArrayLike<number>, alpha: number) => void} Layer lays a colour over a pixel */

const WHITE_LIGHT = [255, 255, 255];

/**
 * Draws the wheels of a picture.
 * @template {Uint8ClampedArray} T
 * @param {T} picture RGB or RGBA; what is transparent stays so
 * @param {number} side of the picture
 * @param {number} size of the edge map
 * @param {Wheel[]} wheels
 * @param {WheelLook[]} looks
 * @param {Constants} constants
 */
export function drawWheels(picture, side, size, wheels, looks, constants) {
  if (!wheels.length) return picture;
  const drawn = picture.slice();
  wheels.forEach((wheel, at) => {
    drawWheel(drawn, side, size, wheel, looks[at], constants);
  });
  return drawn;
}

/**
 * The looks that dabs give to wheels: what was dabbed takes the colour, rim or tyre.
 * @param {Wheel[]} wheels
 * @param {Float32Array} plane
 * @param {Uint8Array} dabs
 * @param {number} size
 * @param {Constants} constants
 */
export function dabbedLooks(wheels, plane, dabs, size, constants) {
  return wheels.map((wheel) => dabbedLook(wheel, plane, dabs, size, constants));
}

/**
 * The looks of wheels in a picture with them.
 * @param {Wheel[]} wheels
 * @param {Uint8ClampedArray} picture RGB
 * @param {number} size
 * @param {Constants} constants
 * @returns {WheelLook[]}
 */
export function seenLooks(wheels, picture, size, constants) {
  const { SAMPLE, SILVER, TREAD, TYRE, WELL, SAME } = constants.tyres;
  /**
   * @param {Ellipse} shape
   * @param {number} u
   * @param {number} v
   * @param {Tint} usual
   */
  const tintAt = (shape, u, v, usual) => {
    const [column, row] = placeIn(shape, u, v).map((place) =>
      Math.min(size - 1, Math.max(0, Math.trunc(place + 0.5))),
    );
    const from = 3 * (row * size + column);
    const colour = Array.from(picture.subarray(from, from + 3));
    const apart = Math.max(...colour.map((level, at) => Math.abs(level - usual[at])));
    return apart < SAME ? null : colour;
  };
  return wheels.map((wheel) => {
    const share = rimShare(wheel, constants);
    const tread = share + TREAD * (1 - share);
    return {
      rim: tintAt(
        rimOf(wheel, constants),
        SAMPLE[0],
        SAMPLE[1],
        hasSpokes(wheel, constants) ? WELL : SILVER,
      ),
      tyre: tintAt(wheel.shape, 0, tread, TYRE),
    };
  });
}

/**
 * @param {Wheel} wheel
 * @param {Float32Array} plane
 * @param {Uint8Array} dabs
 * @param {number} size
 * @param {Constants} constants
 * @returns {WheelLook}
 */
function dabbedLook(wheel, plane, dabs, size, constants) {
  const { DABBED } = constants.tyres;
  const { mask } = wheel;
  const within = unitPlaces(rimOf(wheel, constants));
  const counts = [0, 0];
  /** @type {number[][]} */
  const hits = [[], []];
  for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) {
    const [u, v] = within(at % size, Math.floor(at / size));
    const part = Math.hypot(u, v) <= 1 ? 0 : 1;
    counts[part] += 1;
    if (dabs[at]) hits[part].push(at);
  }
  /** @type {(Tint | null)[]} */
  const found = [];
  for (const part of [0, 1]) {
    const share = counts[part] ? hits[part].length / counts[part] : 0;
    const at = hits[part][hits[part].length >> 1];
    const isTinted = hits[part].length > 0 && share >= DABBED[found[0] ? 1 : 0];
    const level = (/** @type {number} */ channel) =>
      roundEven(Math.fround(Math.fround(plane[channel * dabs.length + at] + 1) * 127.5));
    found.push(isTinted ? [0, 1, 2].map(level) : null);
  }
  return { rim: found[0], tyre: found[1] };
}

/**
 * The symmetric matrix that makes a shape of the unit disc: its upper row, and the last.
 * @param {Ellipse} shape
 */
function rootOfShape({ across, aslant, along }) {
  const still = Math.sqrt(Math.max(across * along - aslant * aslant, 1e-6));
  const scale = 2 / Math.sqrt(across + along + 2 * still);
  return [(across + still) * scale, aslant * scale, (along + still) * scale];
}

/**
 * Where a place of the unit disc is in a shape, px.
 * @param {Ellipse} shape
 * @param {number} u
 * @param {number} v
 */
function placeIn(shape, u, v) {
  const [across, aslant, along] = rootOfShape(shape);
  return [shape.x + across * u + aslant * v, shape.y + aslant * u + along * v];
}

/**
 * Tells where places, px, are in the unit disc.
 * @param {Ellipse} shape
 * @returns {(x: number, y: number) => [u: number, v: number]}
 */
function unitPlaces(shape) {
  const [across, aslant, along] = rootOfShape(shape);
  const still = across * along - aslant * aslant;
  return (x, y) => {
    const [right, down] = [x - shape.x, y - shape.y];
    return [(along * right - aslant * down) / still, (across * down - aslant * right) / still];
  };
}

/**
 * The lesser radius, px.
 * @param {Ellipse} shape
 */
function lesserRadius({ across, aslant, along }) {
  const apart = Math.hypot((across - along) / 2, aslant);
  return 2 * Math.sqrt(Math.max((across + along) / 2 - apart, 0.01));
}

/**
 * The drawn rim, or the one that a wheel has.
 * @param {Wheel} wheel
 * @param {Constants} constants
 */
function rimOf({ rim, shape, least }, { tyres }) {
  if (rim) return rim;
  const [WALL, LEAST] = tyres.WALL;
  const share = Math.max(Math.min(tyres.RIM, least - WALL / lesserRadius(shape)), LEAST);
  const area = share * share;
  const [across, aslant, along] = [shape.across, shape.aslant, shape.along].map((v) => area * v);
  return { x: shape.x, y: shape.y, across, aslant, along };
}

/**
 * @param {Wheel} wheel
 * @param {Constants} constants
 */
function hasSpokes({ shape }, { tyres }) {
  return lesserRadius(shape) >= tyres.LEAST_SPOKES;
}

/**
 * A rim's radius over the wheel's.
 * @param {Wheel} wheel
 * @param {Constants} constants
 */
function rimShare(wheel, constants) {
  return lesserRadius(rimOf(wheel, constants)) / lesserRadius(wheel.shape);
}

/**
 * @param {Uint8ClampedArray} picture
 * @param {number} side of the picture
 * @param {number} size of the edge map
 * @param {Wheel} wheel
 * @param {WheelLook} look
 * @param {Constants} constants
 */
function drawWheel(picture, side, size, wheel, look, constants) {
  const { AROUND, EDGE, BLUR } = constants.tyres;
  const { box, mask, shape } = wheel;
  const scale = side / size;
  const channels = picture.length / (side * side);
  const [left, top] = [Math.max(0, box.left - AROUND), Math.max(0, box.top - AROUND)];
  const width = Math.min(size, box.left + box.width + AROUND) - left;
  const height = Math.min(size, box.top + box.height + AROUND) - top;
  const inside = new Float32Array(width * height);
  for (let at = 0; at < inside.length; at += 1) {
    inside[at] = mask[(top + Math.floor(at / width)) * size + left + (at % width)];
  }
  const data = blur(inside, width, height, 1, SMALL_BLURS[BLUR === 5 ? 5 : 3]);
  const soft = resizeLinear({ width, height, data }, scale * width, scale * height).data;
  const rim = rimOf(wheel, constants);
  const [inWheel, inRim] = [unitPlaces(shape), unitPlaces(rim)];
  const unit = lesserRadius(rim) * scale;
  const share = rimShare(wheel, constants);
  const isCap = look.rim || !hasSpokes(wheel, constants);
  /** @type {Tint} */
  const seen = [0, 0, 0];
  /** @type {Layer} */
  const lay = (colour, alpha) => {
    for (let channel = 0; channel < 3; channel += 1) {
      seen[channel] += alpha * (colour[channel] - seen[channel]);
    }
  };
  for (let at = 0; at < soft.length; at += 1) {
    const cover = clip(0.5 + ((soft[at] - 0.5) / EDGE[0] + EDGE[1]) * scale);
    const [row, column] = [
      scale * top + Math.floor(at / (scale * width)),
      scale * left + (at % (scale * width)),
    ];
    const from = channels * (row * side + column);
    const isClear = channels === 4 && !picture[from + 3];
    if (!cover || (isClear && !wheel.isOpen)) continue;
    const [x, y] = [(column + 0.5) / scale - 0.5, (row + 0.5) / scale - 0.5];
    seen.fill(0);
    layTyre(lay, look.tyre ?? constants.tyres.TYRE, inWheel(x, y), share, constants);
    if (isCap) layCap(lay, look.rim ?? constants.tyres.SILVER, inRim(x, y), unit, constants);
    else laySpokes(lay, inRim(x, y), unit, constants);
    for (let channel = 0; channel < 3; channel += 1) {
      const below = isClear ? seen[channel] : picture[from + channel];
      picture[from + channel] = roundEven(below + cover * (seen[channel] - below));
    }
    if (channels === 4 && wheel.isOpen) {
      picture[from + 3] = Math.max(picture[from + 3], roundEven(255 * cover));
    }
  }
}

/**
 * @param {Layer} lay
 * @param {Tint} tyre
 * @param {[u: number, v: number]} place in the wheel
 * @param {number} share of the rim
 * @param {Constants} constants
 */
function layTyre(lay, tyre, [u, v], share, { tyres }) {
  const radius = Math.sqrt(u * u + v * v);
  const out = (radius - share) / (1 - share);
  const [right, down] = tyres.LIGHT;
  const towards = clip((u * right + v * down) / Math.max(radius, 1e-3));
  lay(tyre, 1);
  for (const [[middle, deviation, strength], light] of /** @type {[number[], number][]} */ ([
    [tyres.SIDE, 1],
    [tyres.SHINE, towards * towards],
  ])) {
    lay(WHITE_LIGHT, strength * Math.exp(-(((out - middle) / deviation) ** 2)) * light);
  }
}

/**
 * How much of a pixel lies within a disc, given how far it is from the middle.
 * @param {number} radius
 * @param {number} end
 * @param {number} unit px of the disc's radius
 */
function discCover(radius, end, unit) {
  return clip(0.5 - (radius - end) * unit);
}

/**
 * @param {Layer} lay
 * @param {[u: number, v: number]} place in the rim
 * @param {number} unit
 * @param {Constants} constants
 */
function laySpokes(lay, [u, v], unit, { tyres }) {
  const radius = Math.sqrt(u * u + v * v);
  const { BLACK, CAP, GAP, HUB, LIGHT, LIP, SHADED, SILVER, SPOKE, SPOKES, WELL } = tyres;
  lay(BLACK, discCover(radius, 1 + GAP[0] + GAP[1] / unit, unit));
  const light = 1 - SHADED * clip(0.5 - 0.5 * (u * LIGHT[0] + v * LIGHT[1]));
  const silver = SILVER.map((level) => level * light);
  lay(silver, discCover(radius, 1, unit));
  lay(WELL, discCover(radius, LIP, unit));
  let spokes = discCover(radius, HUB, unit);
  for (let spoke = 0; spoke < SPOKES; spoke += 1) {
    const turn = (2 * Math.PI * spoke) / SPOKES;
    const [right, down] = [Math.sin(turn), -Math.cos(turn)];
    const along = u * right + v * down;
    if (along <= 0) continue;
    const half = SPOKE[0] + (SPOKE[1] - SPOKE[0]) * clip(along / LIP);
    spokes = Math.max(spokes, discCover(Math.abs(u * down - v * right) - half, 0, unit));
  }
  lay(silver, spokes * discCover(radius, 0.9, unit));
  lay(WELL, discCover(radius, CAP, unit));
}

/**
 * @param {Layer} lay
 * @param {Tint} colour
 * @param {[u: number, v: number]} place in the rim
 * @param {number} unit
 * @param {Constants} constants
 */
function layCap(lay, colour, [u, v], unit, { tyres }) {
  const radius = Math.sqrt(u * u + v * v);
  lay(tyres.BLACK, discCover(radius, 1 + tyres.GAP[0] + tyres.GAP[1] / unit, unit));
  lay(colour, discCover(radius, 1, unit));
  const [place, half, darker] = tyres.DISH;
  const groove = discCover(radius, place + half, unit) - discCover(radius, place - half, unit);
  lay(tyres.BLACK, darker * groove);
  const [x, y, reach, strength] = tyres.GLOSS;
  const bump = Math.exp(-((u - x) ** 2 + (v - y) ** 2) / reach ** 2);
  lay(WHITE_LIGHT, strength * bump * discCover(radius, 1, unit));
}
