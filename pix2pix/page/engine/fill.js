import { darkest } from './numbers.js';
import { findParts, toTheLines, unite } from './regions.js';

/** @import { Constants } from './constants.js' */

/**
 * Gives closed parts their colour where the generator faded to white.
 * @param {Uint8ClampedArray} picture RGB
 * @param {Uint8Array} edges
 * @param {number} size
 * @param {Float32Array} plane as from `spreadHints`
 * @param {number} strength share of the white that goes, 0 to 1
 * @param {Constants} constants
 */
export function fillParts(picture, edges, size, plane, strength, constants) {
  const { PALE, EMPTY, GLOSS, MORE } = constants.fill;
  const { GAP, HAND_GAP } = constants.regions;
  const area = edges.length;
  const shade = darkest(picture);
  const parts = new Uint8Array(area);
  for (const { mask, area: all } of findParts(edges, size, [GAP, HAND_GAP], constants)) {
    let pale = 0;
    for (let at = 0; at < area; at += 1) if (mask[at] && shade[at] >= PALE) pale += 1;
    if (pale / all <= EMPTY) unite(parts, mask);
  }
  if (!parts.includes(1)) return picture;
  const inside = toTheLines(parts, edges, size, HAND_GAP, true);
  const filled = picture.slice();
  for (let at = 0; at < area; at += 1) {
    if (!inside[at] || plane[3 * area + at] <= 0) continue;
    const meant = [0, 1, 2].map((channel) => Math.round((plane[channel * area + at] + 1) * 127.5));
    const least = Math.min(...meant);
    const beyond = Math.max((shade[at] - least) / Math.max(255 - least, 1) - GLOSS, 0);
    const gone = strength * (beyond - MORE * Math.tanh(beyond / MORE));
    if (gone <= 0) continue;
    meant.forEach((level, channel) => {
      filled[3 * at + channel] = picture[3 * at + channel] - gone * (255 - level);
    });
  }
  return filled;
}
