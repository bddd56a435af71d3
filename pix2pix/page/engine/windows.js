import { boxesOf, connectedComponents, drawingBox } from './components.js';
import { distanceTransform } from './distance.js';
import { cross, dilate, ellipse, erode, openMask, rectangle } from './morphology.js';
import { findParts, flood, isOfPhoto, largestOf, meet, toTheLines } from './regions.js';

/** @import { Constants } from './constants.js' */
/** @import { Region } from './regions.js' */
/** @import { Wheel } from './wheels.js' */

/**
 * The windows of a drawing, and others if there are not several.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Wheel[]} wheels which are no windows
 * @param {Uint8Array} dabs what was dabbed is no window
 * @param {Constants} constants
 * @returns {{panes: Uint8Array[], edges: Uint8Array}} the edges with lines around panes that were
 *   not drawn
 */
export function completeWindows(edges, size, wheels, dabs, constants) {
  const panes = findWindows(edges, size, wheels, dabs, constants);
  const isEnough = panes.length >= constants.windows.SEVERAL;
  if (isEnough || isOfPhoto(edges, size, constants)) return { panes, edges };
  const others = [...panes, ...wheels.map(({ mask }) => mask)];
  const made = makeWindows(edges, size, others, dabs, constants);
  if (!made.length) return { panes, edges };
  const completed = edges.slice();
  for (const pane of made) {
    const within = erode(pane, size, size, cross());
    for (let at = 0; at < pane.length; at += 1) if (pane[at] && !within[at]) completed[at] = 0;
  }
  return { panes: [...panes, ...made], edges: completed };
}

/**
 * The closed windows of a drawing: parts in its upper half, within another part.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Wheel[]} wheels which are none
 * @param {Uint8Array} dabs what was dabbed is none
 * @param {Constants} constants
 */
function findWindows(edges, size, wheels, dabs, constants) {
  const { GAPS, OUTSIDE, RIM, UPPER } = constants.windows;
  const { HAND_GAP } = constants.regions;
  const parts = findParts(edges, size, GAPS, constants);
  if (parts.length < 2) return [];
  const drawing = drawingBox(edges, size);
  const { reached } = flood(edges, size, HAND_GAP, false);
  const largest = largestOf(parts);
  /** @type {Uint8Array[]} */
  const windows = [];
  for (const part of parts) {
    const isHigh = part.centre[1] <= drawing.top + UPPER * drawing.height;
    if (part === largest || !isHigh || meet(part.mask, dabs)) continue;
    if (wheels.some((wheel) => meet(wheel.mask, part.mask))) continue;
    const pane = toTheLines(part.mask, edges, size, HAND_GAP, true);
    const around = dilate(pane, size, size, rectangle(RIM));
    let [ring, outside] = [0, 0];
    for (let at = 0; at < around.length; at += 1) {
      if (!around[at] || pane[at]) continue;
      ring += 1;
      outside += reached[at];
    }
    if (outside <= OUTSIDE * ring) windows.push(pane);
  }
  return windows;
}

/**
 * Windows where they belong.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Uint8Array[]} others which are neither body nor cabin
 * @param {Uint8Array} dabs
 * @param {Constants} constants
 */
function makeWindows(edges, size, others, dabs, constants) {
  const { BELT, GAPS, LOWEST, NARROWEST } = constants.windows;
  const parts = findParts(edges, size, GAPS, constants).filter(
    ({ mask }) => !others.some((other) => meet(mask, other)),
  );
  if (!parts.length) return [];
  const body = largestOf(parts);
  const { width, height } = boxesOf(body.mask, size, 2)[1];
  if (height < LOWEST || width < NARROWEST * height) return [];
  const cabin = parts.filter((part) => standsOn(part, body, size, constants));
  return (cabin.length ? cabin : [body])
    .flatMap(({ mask }) => {
      const inside = toTheLines(mask, edges, size, constants.regions.HAND_GAP, true);
      return windowsWithin(inside, size, cabin.length ? 1 : BELT, constants);
    })
    .filter((pane) => !meet(pane, dabs));
}

/**
 * Windows in the upper part of a part, parted by pillars.
 * @param {Uint8Array} inside
 * @param {number} size
 * @param {number} share of its height
 * @param {Constants} constants
 */
function windowsWithin(inside, size, share, { windows }) {
  const { CORNER, FRAME, LEAST, LONG, MOST, PILLAR } = windows;
  const { top, height } = boxesOf(inside, size, 2)[1];
  const frame = Math.fround(Math.max(FRAME[0], FRAME[1] * height));
  const depth = distanceTransform(inside, size, size, 5);
  const end = (top + Math.floor(share * height)) * size;
  const glass = inside.map((_, at) => (at < end && depth[at] > frame ? 1 : 0));
  const smooth = openMask(glass, size, size, ellipse(CORNER));
  const { count, labels, areas } = connectedComponents(smooth, size, size, 4);
  const boxes = boxesOf(labels, size, count + 1);
  const area = inside.reduce((sum, is) => sum + is, 0);
  /** @type {Uint8Array[]} */
  const panes = [];
  for (let label = 1; label <= count; label += 1) {
    const row = boxes[label];
    if (areas[label] < LEAST[0] * area || row.height < LEAST[1]) continue;
    const wanted = Math.floor(row.width / (LONG * row.height) + 0.5);
    const most = Math.min(MOST, Math.max(1, wanted));
    for (let place = 0; place < most; place += 1) {
      const [start, stop] = [place, place + 1].map(
        (each) => row.left + Math.floor((row.width * each) / most),
      );
      const from = place ? start + PILLAR : 0;
      const to = place < most - 1 ? stop - PILLAR : size;
      panes.push(
        Uint8Array.from(labels, (own, at) =>
          own === label && at % size >= from && at % size < to ? 1 : 0,
        ),
      );
    }
  }
  return panes;
}

/**
 * Is a part on top of the body, and large enough for a cabin?
 * @param {Region} part
 * @param {Region} body
 * @param {number} size
 * @param {Constants} constants
 */
function standsOn(part, body, size, { windows }) {
  if (part === body || part.area < windows.CABIN * body.area) return false;
  const { left, top, width, height } = boxesOf(body.mask, size, 2)[1];
  const own = boxesOf(part.mask, size, 2)[1];
  const isOver = left <= part.centre[0] && part.centre[0] < left + width;
  return isOver && own.top + own.height <= top + windows.ONTO * height;
}
