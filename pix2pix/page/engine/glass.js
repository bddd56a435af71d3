import { blur, SMALL_BLURS } from './blur.js';
import { boxesOf, connectedComponents, drawingBox } from './components.js';
import { crop, toLevel } from './crayons.js';
import { toLab, writeRgb } from './lab.js';
import { dilate, rectangle } from './morphology.js';
import { clip, countSet, darkest, roundEven } from './numbers.js';
import { closedArea } from './regions.js';

/** @import { Constants } from './constants.js' */

/**
 * Makes a car's glass blue-gray.
 * @param {Uint8ClampedArray} picture RGB, its background white and its paint as `plane` says
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Float32Array} plane
 * @param {Uint8Array} dabs
 * @param {Uint8Array[]} windows with several of them, there are no others
 * @param {Constants} constants
 */
export function makeGlass(picture, edges, size, plane, dabs, windows, constants) {
  const made = picture.slice();
  if (windows.length < constants.windows.SEVERAL) {
    clearGlass(made, edges, size, plane, dabs, constants);
  }
  for (const pane of windows) drawPane(made, size, pane, constants);
  return made;
}

/**
 * Takes the paint's colour from what the generator painted as glass in the upper half, in place.
 * @param {Uint8ClampedArray} picture RGB
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Float32Array} plane
 * @param {Uint8Array} dabs
 * @param {Constants} constants
 */
function clearGlass(picture, edges, size, plane, dabs, constants) {
  const { GLASS, FADE, PAINTED, WHITE } = constants.glass;
  const drawing = drawingBox(edges, size);
  const { left, top, width } = drawing;
  const height = Math.min(size - top, Math.ceil(FADE[1] * drawing.height));
  const places = placesIn(size, left, top, width, height);
  const colours = crop(picture, places);
  const closed = closedArea(edges, size, constants);
  const shade = darkest(colours);
  const painted = Uint8Array.from(places, (place, at) =>
    shade[at] < PAINTED && plane[3 * edges.length + place] > 0 && closed[place] ? 1 : 0,
  );
  if (!painted.includes(1)) return;
  const paint = new Uint8ClampedArray(colours.length);
  for (let at = 0; at < paint.length; at += 1) {
    paint[at] = toLevel(plane[(at % 3) * edges.length + places[Math.floor(at / 3)]]);
  }
  const [lab, own] = [toLab(colours), toLab(paint)];
  const smooth = blur(lab, width, height, 3, SMALL_BLURS[5]);
  const likely = Float32Array.from(places, (_, at) => {
    const upper = clip((FADE[1] - Math.floor(at / width) / drawing.height) / (FADE[1] - FADE[0]));
    const green = howGreen(smooth, own, 3 * at, constants);
    return Math.max(green, howPale(smooth, own, 3 * at, constants)) * upper;
  });
  const dabbed = Uint8Array.from(places, (place) => dabs[place]);
  const none = notGlass(likely, painted, dabbed, width, height, constants);
  const weight = blur(
    likely.map((share, at) => (painted[at] && !none[at] ? share : 0)),
    width,
    height,
    1,
    SMALL_BLURS[5],
  );
  for (let at = 0; at < weight.length; at += 1) {
    const share = weight[at];
    if (share <= 0) continue;
    const [light, a, b] = lab.subarray(3 * at, 3 * at + 3);
    const room = clip((100 - light) / WHITE);
    const [newA, newB] = [a + share * (GLASS[0] * room - a), b + share * (GLASS[1] * room - b)];
    writeRgb(light, newA, newB, picture, 3 * places[at]);
  }
}

/**
 * The pixels of a box, row by row.
 * @param {number} size
 * @param {number} left
 * @param {number} top
 * @param {number} width
 * @param {number} height
 */
function placesIn(size, left, top, width, height) {
  return Int32Array.from(
    { length: width * height },
    (_, at) => (top + Math.floor(at / width)) * size + left + (at % width),
  );
}

/**
 * Where what looks like glass is paint, since it is too large or was dabbed.
 * @param {Float32Array} weight
 * @param {Uint8Array} painted
 * @param {Uint8Array} dabs
 * @param {number} width
 * @param {number} height
 * @param {Constants} constants
 */
function notGlass(weight, painted, dabs, width, height, { glass }) {
  const sure = painted.map((isPaint, at) => (isPaint && weight[at] > glass.SURE ? 1 : 0));
  const { count, labels, areas } = connectedComponents(sure, width, height, 4);
  const most = glass.MOST * countSet(painted);
  const first = new Int32Array(count + 1).fill(-1);
  const last = new Int32Array(count + 1).fill(-1);
  for (let at = dabs.indexOf(1); at >= 0; at = dabs.indexOf(1, at + 1)) {
    const row = Math.floor(at / width);
    if (first[labels[at]] < 0) first[labels[at]] = row;
    last[labels[at]] = row;
  }
  const none = new Uint8Array(labels.length);
  for (let part = 1; part <= count; part += 1) {
    const isHit = first[part] >= 0;
    if (!isHit && areas[part] <= most) continue;
    const start = isHit ? first[part] - glass.BESIDE : 0;
    const end = isHit ? last[part] + glass.BESIDE : height;
    let [below, above] = [0, 0];
    labels.forEach((label, at) => {
      if (label !== part) return;
      const row = Math.floor(at / width);
      if (row >= start) below += 1;
      if (row <= end) above += 1;
    });
    const isBelow = below <= above;
    labels.forEach((label, at) => {
      const row = Math.floor(at / width);
      if (label === part && (isBelow ? row >= start : row <= end)) none[at] = 1;
    });
  }
  return dilate(none, width, height, rectangle(glass.ROOM));
}

/**
 * How much greener a colour is than paint of its lightness, 0 to 1.
 * @param {Float32Array} lab
 * @param {Float32Array} own
 * @param {number} at
 * @param {Constants} constants
 */
function howGreen(lab, own, at, { glass }) {
  const darker = Math.max(own[at] - lab[at], 0);
  const apart = own[at + 1] + glass.REDDER * darker - lab[at + 1];
  const [start, end, moreStart, moreEnd] = glass.GREENER;
  const red = Math.max(own[at + 1], 0);
  const [low, high] = [start + moreStart * red, end + moreEnd * red];
  return clip((apart - low) / (high - low));
}

/**
 * How little a colour has of the paint's chroma and light, 0 to 1.
 * @param {Float32Array} lab
 * @param {Float32Array} own
 * @param {number} at
 * @param {Constants} constants
 */
function howPale(lab, own, at, { glass }) {
  const [a, b] = [own[at + 1], own[at + 2]];
  const chroma = Math.max(a * a + b * b, 1);
  const along = (lab[at + 1] * a + lab[at + 2] * b) / chroma;
  const share = along * Math.min(1, lab[at] / Math.max(own[at], 1));
  return clip((glass.PALE[0] - share) / (glass.PALE[0] - glass.PALE[1]));
}

/**
 * Draws a window.
 * @param {Uint8ClampedArray} picture RGB
 * @param {number} size
 * @param {Uint8Array} pane
 * @param {Constants} constants
 */
function drawPane(picture, size, pane, { glass }) {
  const box = boxesOf(pane, size, 2)[1];
  const [left, top] = [Math.max(0, box.left - 2), Math.max(0, box.top - 2)];
  const width = Math.min(size, box.left + box.width + 2) - left;
  const height = Math.min(size, box.top + box.height + 2) - top;
  const places = placesIn(size, left, top, width, height);
  const inside = Float32Array.from(places, (place) => pane[place]);
  const cover = blur(inside, width, height, 1, SMALL_BLURS[3]);
  const gray = Float32Array.from(
    places,
    (place) => (picture[3 * place] + picture[3 * place + 1] + picture[3 * place + 2]) / 3,
  );
  const within = gray.filter((_, at) => inside[at]);
  const mean = within.reduce((sum, level) => sum + level, 0) / within.length;
  const [middle, half, strength] = glass.STREAK;
  for (let at = 0; at < places.length; at += 1) {
    const down = Math.floor(at / width) / (height - 1);
    const right = (at % width) / (width - 1);
    const far = Math.abs(right + glass.SLANT * down - middle);
    const streak = clip(1 - far / half) * strength;
    const detail = glass.DETAIL * (gray[at] - mean);
    for (let channel = 0; channel < 3; channel += 1) {
      const shade = glass.SKY[channel] * (1 - down) + glass.DEPTH[channel] * down;
      const level = clip(shade + (255 - shade) * streak + detail, 0, 255);
      const below = picture[3 * places[at] + channel];
      picture[3 * places[at] + channel] = roundEven(below + cover[at] * (level - below));
    }
  }
}
