import { connectedComponents, middlesOf } from './components.js';
import { dilate, rectangle } from './morphology.js';
import { flood, lineDistance, lineSides } from './regions.js';
import { drawLine } from './shapes.js';
import { lineEnds } from './thin.js';

/** @import { Constants } from './constants.js' */

/**
 * Joins ends of a line that all but meet, as those of a ring that a hand drew, and then parts such
 * as ears to the lines at which their ends point.
 * @param {Uint8Array} drawn
 * @param {number} size
 * @param {Constants} constants
 * @returns {Uint8Array} `drawn` itself if there is nothing to close
 */
export function closeOutlines(drawn, size, constants) {
  const edges = closeAtSides(drawn, size, constants);
  const ink = edges.map((tone) => (tone ? 0 : 1));
  let closed = edges;
  const { SIDE } = constants.gaps;
  const isCut = (/** @type {number} */ at) => at < SIDE || at >= size - SIDE;
  // What the sheet cuts goes on beyond.
  const cut = ink.map((isInk, at) =>
    isInk || isCut(at % size) || isCut(Math.floor(at / size)) ? 1 : 0,
  );
  const met = new Set();
  for (const { far, start, end } of outlineGaps(ink, size, constants)) {
    if (met.has(start) || met.has(end)) continue;
    if (far > constants.gaps.OUTLINE_SHARE * wayAlong(cut, size, start, end)) continue;
    const added = new Uint8Array(edges.length);
    const [from, to] = [start, end].map((at) => [at % size, Math.floor(at / size)]);
    drawLine(added, size, from, to);
    const floods = enclosedBy(closed, size, constants);
    if (added.some((isAdded, at) => isAdded && floods.some((enclosed) => enclosed[at]))) continue;
    met.add(start).add(end);
    closed = closed.map((tone, at) => (added[at] ? 0 : tone));
  }
  return joinParts(closed, size, constants);
}

/**
 * Closes outlines that leave the sheet on a side and come back there; below, where legs end, only
 * what is as wide as shoulders.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 * @returns {Uint8Array} `edges` itself if there is nothing to close
 */
function closeAtSides(edges, size, { gaps }) {
  const last = size - 1;
  /** @type {((along: number, inwards: number) => number)[]} */
  const sides = [
    (along, inwards) => inwards * size + along,
    (along, inwards) => along * size + inwards,
    (along, inwards) => along * size + last - inwards,
    (along, inwards) => (last - inwards) * size + along,
  ];
  const closed = edges.slice();
  const ink = edges.map((tone) => (tone ? 0 : 1));
  const lines = lineEnds(ink, size, size).map((end) =>
    followLine(ink, size, end, gaps.TANGENT + 1),
  );
  // Not the tip of an ear.
  const ends = new Set(lines.filter(({ length }) => length > gaps.TANGENT).map(([end]) => end));
  for (const [turn, place] of sides.entries()) {
    const rows = [...Array(gaps.SIDE).keys()];
    const leaving = [...Array(size).keys()].filter((along) =>
      rows.some((inwards) => ends.has(place(along, inwards))),
    );
    if (leaving.length % 2) continue;
    for (let pair = 0; pair < leaving.length; pair += 2) {
      const [start, end] = leaving.slice(pair, pair + 2);
      if (turn === 3 && end - start < gaps.SHOULDERS) continue;
      for (let along = start; along <= end; along += 1) closed[place(along, 0)] = 0;
    }
  }
  return closed.some((tone, at) => tone !== edges[at]) ? closed : edges;
}

/**
 * Closes open parts in which there is a dab of colour, such as a body that has no hem yet.
 * @param {Uint8Array} edges
 * @param {Uint8Array} dabs
 * @param {number} size
 * @param {Constants} constants
 * @returns {Uint8Array} `edges` itself if there is nothing to close
 */
export function closeAround(edges, dabs, size, constants) {
  if (!dabs.includes(1)) return edges;
  const { DAB_WIDE, OPEN_SIDES, INNER } = constants.gaps;
  const sides = lineSides(edges, size);
  const away = lineDistance(edges, size);
  let closed = edges;
  for (const at of middlesOf(dabs, size)) {
    if (sides[at] < OPEN_SIDES || away[at] <= INNER) continue;
    const before = flood(closed, size, constants.regions.HAND_GAP, false);
    if (!before.reached[at]) continue;
    for (const { far, start, end } of openings(closed, size, constants)) {
      const added = new Uint8Array(edges.length);
      const [from, to] = [start, end].map((place) => [place % size, Math.floor(place / size)]);
      drawLine(added, size, from, to);
      const joined = closed.map((tone, place) => (added[place] ? 0 : tone));
      const now = flood(joined, size, constants.regions.HAND_GAP, false);
      if (!now.enclosed[at]) continue;
      if (far * far <= DAB_WIDE * areaOfBoth(now.enclosed, before.reached)) closed = joined;
      break;
    }
  }
  return closed;
}

/**
 * From ends of lines to others and to closed outlines, by width.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
function openings(edges, size, { gaps, regions }) {
  const ink = edges.map((tone) => (tone ? 0 : 1));
  const ends = lineEnds(ink, size, size).map(([x, y]) => y * size + x);
  const { enclosed } = flood(edges, size, regions.GAP, false);
  const near = dilate(enclosed, size, size, rectangle(regions.GAP + 2));
  const outlines = [...ink.keys()].filter((at) => ink[at] && near[at]);
  const pairs = ends.flatMap((start, turn) => ends.slice(turn + 1).map((end) => [start, end]));
  /** @param {number[]} pair */
  const apart = ([start, end]) =>
    ((start % size) - (end % size)) ** 2 + (Math.floor(start / size) - Math.floor(end / size)) ** 2;
  for (const end of outlines.length ? ends : []) {
    const nearest = outlines.reduce((best, at) =>
      apart([end, at]) < apart([end, best]) ? at : best,
    );
    pairs.push([end, nearest]);
  }
  return pairs
    .map((pair) => ({ far: Math.sqrt(apart(pair)), start: pair[0], end: pair[1] }))
    .filter(({ far }) => far <= gaps.DAB_REACH)
    .sort((one, next) => one.far - next.far || one.start - next.start || one.end - next.end);
}

/**
 * How many pixels two masks have in common.
 * @param {Uint8Array} mask
 * @param {Uint8Array} other
 */
function areaOfBoth(mask, other) {
  return mask.reduce((sum, isIn, at) => sum + (isIn && other[at] ? 1 : 0), 0);
}

/**
 * Draws on the lines of open parts, from one end or two to other lines, where that closes them.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 * @returns {Uint8Array} `edges` itself if there is nothing to close
 */
function joinParts(edges, size, constants) {
  const { TANGENT, PART_LINE, PART_REACH, PART_SHARE, PART_AREA } = constants.gaps;
  const ink = edges.map((tone) => (tone ? 0 : 1));
  /** @type {{far: number, end: [number, number], other: [number, number], at: number}[]} */
  const loose = [];
  for (const end of lineEnds(ink, size, size)) {
    const line = followLine(ink, size, end, PART_LINE);
    const other = line.length > TANGENT && nearestAhead(ink, size, line, PART_REACH, constants);
    if (!other) continue;
    const far = Math.hypot(end[0] - other[0], end[1] - other[1]);
    loose.push({ far, end, other, at: line[0] });
  }
  if (!loose.length) return edges;
  const singles = loose.map((gap) => [gap]);
  const pairs = loose.flatMap((gap, turn) => loose.slice(turn + 1).map((next) => [gap, next]));
  const combined = [...singles, ...pairs]
    .map((gaps) => ({ gaps, width: gaps.reduce((sum, { far }) => sum + far, 0) }))
    .sort((one, next) => one.width - next.width);
  const pieces = connectedComponents(ink, size, size, 8).labels;
  const met = new Set();
  let closed = edges;
  let floods = enclosedBy(closed, size, constants);
  for (const { gaps } of combined) {
    const [gap, next] = gaps;
    const goal = next ? next.at : gap.other[1] * size + gap.other[0];
    if (gaps.some(({ at }) => met.has(at)) || pieces[gap.at] !== pieces[goal]) continue;
    const added = new Uint8Array(edges.length);
    for (const { end, other } of gaps) drawLine(added, size, end, other);
    if (added.some((isAdded, at) => isAdded && floods.some((enclosed) => enclosed[at]))) continue;
    const joined = closed.map((tone, at) => (added[at] ? 0 : tone));
    const { enclosed } = flood(joined, size, constants.regions.GAP, false);
    const { reached } = flood(closed, size, constants.regions.GAP, false);
    const area = areaOfBoth(enclosed, reached);
    if (area && !next) met.add(gap.at); // with another gap, it would be two parts
    const way = area && wayAlong(ink, size, gap.at, goal);
    const fits = area >= PART_AREA[0] * way * way && area <= PART_AREA[1] * way * way;
    const widest = Math.max(...gaps.map(({ far }) => far));
    if (!way || !fits || widest > PART_SHARE[gaps.length - 1] * way) continue;
    for (const { at } of gaps) met.add(at);
    closed = joined;
    floods = enclosedBy(closed, size, constants);
  }
  return closed;
}

/**
 * What is closed, and what is but for the gaps that a hand leaves.
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Constants} constants
 */
function enclosedBy(edges, size, { regions }) {
  return [regions.GAP, regions.HAND_GAP].map((gap) => flood(edges, size, gap, false).enclosed);
}

/**
 * The gaps between ends that point at each other, the likeliest first.
 * @param {Uint8Array} ink
 * @param {number} size
 * @param {Constants} constants
 */
function outlineGaps(ink, size, { gaps }) {
  const { TANGENT, TOUCHING, OUTLINE_REACH, FACING, TURN } = gaps;
  const ends = lineEnds(ink, size, size)
    .map((end) => followLine(ink, size, end, TANGENT + 1))
    .filter((line) => line.length > TANGENT)
    .map((line) => ({ at: line[0], to: endDirection(line, size, TANGENT) }));
  const found = [];
  for (const [turn, { at: start, to: ahead }] of ends.entries()) {
    for (const { at: end, to: back } of ends.slice(turn + 1)) {
      const right = (end % size) - (start % size);
      const down = Math.floor(end / size) - Math.floor(start / size);
      const far = Math.hypot(right, down);
      const facing =
        (down * ahead[1] + right * ahead[0] - (down * back[1] + right * back[0])) /
        Math.max(far, 1);
      if (far <= TOUCHING || far > OUTLINE_REACH || facing < FACING) continue;
      found.push({ cost: far * (1 + TURN * (2 - facing)), far, start, end });
    }
  }
  return found.sort((one, other) => one.cost - other.cost);
}

/**
 * How many steps of a pixel along the lines lead from one place to another; 0 if none do.
 * @param {Uint8Array} ink
 * @param {number} size
 * @param {number} start
 * @param {number} end
 */
function wayAlong(ink, size, start, end) {
  const known = new Set([start]);
  let rim = [start];
  for (let steps = 1; rim.length; steps += 1) {
    const next = [];
    for (const from of rim) {
      for (const at of linesAround(ink, size, from)) {
        if (known.has(at)) continue;
        if (at === end) return steps;
        known.add(at);
        next.push(at);
      }
    }
    rim = next;
  }
  return 0;
}

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
  const most = Math.trunc(constants.gaps.REACH / constants.gaps.SHARE) + 1;
  for (const end of lineEnds(ink, size, size)) {
    const line = followLine(ink, size, end, most);
    if (line.length <= constants.gaps.TANGENT) continue;
    const piece = pieces[line[0]];
    const own = ink.map((isInk, at) => (isInk && pieces[at] === piece ? 1 : 0));
    const { REACH, SHARE } = constants.gaps;
    const reach = Math.min(REACH, SHARE * line.length);
    const other = nearestAhead(own, size, line, reach, constants);
    if (!other) continue;
    drawLine(added, size, end, other);
    isClosed = true;
  }
  return isClosed ? edges.map((tone, at) => (added[at] ? 0 : tone)) : edges;
}

/**
 * The pixels of a line from its end to where it forks, ends, or there are `most`.
 * @param {Uint8Array} ink
 * @param {number} size
 * @param {[x: number, y: number]} end
 * @param {number} most
 */
function followLine(ink, size, [endX, endY], most) {
  const line = [endY * size + endX];
  const known = new Set(line);
  while (line.length < most) {
    const last = line[line.length - 1];
    let onward = linesAround(ink, size, last).filter((at) => !known.has(at));
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
 * The pixels of lines at a place and beside it.
 * @param {Uint8Array} ink
 * @param {number} size
 * @param {number} place
 */
function linesAround(ink, size, place) {
  const y = Math.floor(place / size);
  const x = place - y * size;
  const around = [];
  for (let row = Math.max(0, y - 1); row <= Math.min(size - 1, y + 1); row += 1) {
    for (let column = Math.max(0, x - 1); column <= Math.min(size - 1, x + 1); column += 1) {
      if (ink[row * size + column]) around.push(row * size + column);
    }
  }
  return around;
}

/**
 * Where a line's end points, a unit vector of x and y.
 * @param {number[]} line
 * @param {number} size
 * @param {number} tangent px of the line that tell
 */
function endDirection(line, size, tangent) {
  const endY = Math.floor(line[0] / size);
  const endX = line[0] - endY * size;
  let [right, down] = [0, 0];
  for (const at of line.slice(1, tangent + 1)) {
    const y = Math.floor(at / size);
    right += endX - (at - y * size);
    down += endY - y;
  }
  const length = Math.hypot(right, down);
  return [right / length, down / length];
}

/**
 * The place of another line at which the end of this one points, as x and y.
 * @param {Uint8Array} ink
 * @param {number} size
 * @param {number[]} line
 * @param {number} reach the farthest that counts, px
 * @param {Constants} constants
 * @returns {[x: number, y: number] | null}
 */
function nearestAhead(ink, size, line, reach, { gaps }) {
  const { TOUCHING, TANGENT, AHEAD, TURN } = gaps;
  const endY = Math.floor(line[0] / size);
  const endX = line[0] - endY * size;
  const [right, down] = endDirection(line, size, TANGENT);
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
