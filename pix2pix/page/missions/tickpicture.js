/** @import { Place } from '../drawing/inspector.js' */
/** @import { Check } from './missionrun.js' */

/** @typedef {[name: string, attributes: Object<string, string | number>]} Shape an SVG element */

/**
 * What a check looks for as a picture: as many shapes or lines as it counts, a colour where it shall
 * lie. No two checks of a mission look the same.
 *
 * @param {Check} check
 * @param {Object<string, string>} colours by their names
 * @returns {Shape[]} for a view of 48 by 48
 */
export function tickShapes({ see, colour = '', where = 'anywhere', least = 1 }, colours) {
  switch (see) {
    case 'colour':
      return where === 'inside'
        ? [path(BLOB, 'tick-outline', colours[colour])]
        : [path(SHEET), ...dab(where, colours[colour])];
    case 'closed':
      return [path(OPEN), path(GAP, 'tick-gap')];
    case 'parts':
      return spread(least, ([x, y], size) => [
        'rect',
        {
          x: x - size / 2,
          y: y - size / 2,
          width: size,
          height: size,
          rx: size / 4,
          class: 'tick-part',
        },
      ]);
    case 'strokes':
      return lines(least);
    default:
      return [
        path(SHEET),
        path('m8 36 10-12 8 8 5-5 9 9'),
        ['circle', { cx: 33, cy: 16, r: 4, class: 'tick-part' }],
      ];
  }
}

const BLOB = 'M24 7c11 0 18 6 18 16S35 41 24 41 6 34 6 23 13 7 24 7Z';
const OPEN = 'M33 9c6 2.5 9 7.5 9 14 0 10-7 18-18 18S6 34 6 23 12 8 20 7.2';
const GAP = 'M20 7.2Q27 6.3 33 9';
const SHEET = 'M8 8h32v32H8Z';

/** @type {Record<Place, [number, number]>} */
const PLACES = {
  anywhere: [24, 24],
  inside: [24, 24],
  middle: [24, 24],
  top: [24, 15],
  bottom: [24, 33],
  left: [15, 24],
  right: [33, 24],
};

/**
 * @param {string} d
 * @param {string} name
 * @param {string} [fill]
 * @returns {Shape}
 */
function path(d, name = 'tick-outline', fill) {
  return ['path', fill ? { d, class: name, style: 'fill: ' + fill } : { d, class: name }];
}

/**
 * A dab of colour where it shall lie; all over the sheet where that does not matter.
 * @param {Place} where
 * @param {string} fill
 * @returns {Shape[]}
 */
function dab(where, fill) {
  const [cx, cy] = PLACES[where];
  const isWide = where === 'top' || where === 'bottom';
  const isHigh = where === 'left' || where === 'right';
  const [rx, ry] = where === 'anywhere' ? [12, 12] : [isWide ? 13 : 6.5, isHigh ? 13 : 6.5];
  return [['ellipse', { cx, cy, rx, ry, class: 'tick-dab', style: 'fill: ' + fill }]];
}

/**
 * As many things as there shall be, in rows.
 * @param {number} count
 * @param {(place: [number, number], size: number) => Shape} draw
 */
function spread(count, draw) {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const room = 40 / columns;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const x = 24 + ((index % columns) - (inRow - 1) / 2) * room;
    return draw([x, 24 + (row - (rows - 1) / 2) * room], room * 0.72);
  });
}

/**
 * As many waves, one below the other.
 * @param {number} count
 * @returns {Shape[]}
 */
function lines(count) {
  const room = 40 / count;
  return Array.from({ length: count }, (_, index) => {
    const y = 4 + (index + 0.5) * room;
    const swing = Math.min(room, 8) * 0.6;
    return path(`M7 ${y}q8.5 ${-2 * swing} 17 0t17 0`, 'tick-line');
  });
}
