import { connectedComponents } from './components.js';
import { dilate, rectangle } from './morphology.js';
import { drawLine } from './shapes.js';
import { lineEnds } from './thin.js';

/** @import { Constants } from './constants.js' */

/**
 * Draws lines on from where they end to the nearest line ahead, if both hang together elsewhere.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 * @returns {Uint8Array} `edges` itself if there is nothing to close
 */
export function closeGaps(edges, size, constants) {
  const ink = edges.map((tone) => (tone ? 0 : 1));
  const added = new Uint8Array(edges.length);
  const near = dilate(ink, size, size, rectangle(constants.regions.HAND_GAP));
  const pieces = connectedComponents(near, size, size, 8).labels;
  let isClosed = false;
  for (const end of lineEnds(ink, size, size)) {
    const line = followLine(ink, size, end, constants);
    if (line.length <= constants.gaps.TANGENT) continue;
    const piece = pieces[line[0]];
    const own = ink.map((isInk, at) => (isInk && pieces[at] === piece ? 1 : 0));
    const other = nearestAhead(own, size, line, constants);
    if (!other) continue;
    drawLine(added, size, end, other);
    isClosed = true;
  }
  return isClosed ? edges.map((tone, at) => (added[at] ? 0 : tone)) : edges;
}

/**
 * The pixels of a line from its end to where it forks, ends, or is long enough.
 * @param {Uint8Array} ink
 * @param {number} size
 * @param {[x: number, y: number]} end
 * @param {Constants} constants
 */
function followLine(ink, size, [endX, endY], { gaps }) {
  const most = Math.trunc(gaps.REACH / gaps.SHARE) + 1;
  const line = [endY * size + endX];
  const known = new Set(line);
  while (line.length < most) {
    const last = line[line.length - 1];
    const y = Math.floor(last / size);
    const x = last - y * size;
    let onward = [];
    for (let row = Math.max(0, y - 1); row <= Math.min(size - 1, y + 1); row += 1) {
      for (let column = Math.max(0, x - 1); column <= Math.min(size - 1, x + 1); column += 1) {
        const at = row * size + column;
        if (ink[at] && !known.has(at)) onward.push(at);
      }
    }
    if (onward.length === 2 && [1, size].includes(onward[1] - onward[0])) {
      // A corner, not a fork.
      onward = onward.filter((at) => [1, size].includes(Math.abs(at - last)));
    }
    if (onward.length !== 1) break;
    known.add(onward[0]);
    line.push(onward[0]);
  }
  return line;
}

/**
 * The place of another line at which the end of this one points, as x and y.
 * @param {Uint8Array} ink
 * @param {number} size
 * @param {number[]} line
 * @param {Constants} constants
 * @returns {[x: number, y: number] | null}
 */
function nearestAhead(ink, size, line, { gaps }) {
  const { TOUCHING, REACH, SHARE, TANGENT, AHEAD, TURN } = gaps;
  const endY = Math.floor(line[0] / size);
  const endX = line[0] - endY * size;
  let [right, down] = [0, 0];
  for (const at of line.slice(1, TANGENT + 1)) {
    const y = Math.floor(at / size);
    right += endX - (at - y * size);
    down += endY - y;
  }
  const length = Math.hypot(right, down);
  [right, down] = [right / length, down / length];
  const reach = Math.min(REACH, SHARE * line.length);
  const known = new Set(line);
  let least = Number.POSITIVE_INFINITY;
  /** @type {[x: number, y: number] | null} */
  let best = null;
  const rows = Math.floor(reach);
  for (let y = Math.max(0, endY - rows); y <= Math.min(size - 1, endY + rows); y += 1) {
    for (let x = Math.max(0, endX - rows); x <= Math.min(size - 1, endX + rows); x += 1) {
      if (!ink[y * size + x] || known.has(y * size + x)) continue;
      const far = Math.hypot(x - endX, y - endY);
      if (far <= TOUCHING || far > reach) continue;
      const ahead = ((x - endX) * right + (y - endY) * down) / far;
      const cost = far * (1 + TURN * (1 - ahead));
      if (ahead < AHEAD || cost >= least) continue;
      least = cost;
      best = [x, y];
    }
  }
  return best;
}
