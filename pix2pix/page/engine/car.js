import { limitGlare } from './glare.js';
import { makeGlass } from './glass.js';
import { dabbedLooks, drawWheels } from './tyres.js';
import { findWheels } from './wheels.js';
import { completeWindows } from './windows.js';

/** @import { Constants } from './constants.js' */
/** @import { Wheel } from './wheels.js' */

/**
 * The parts of a drawn car.
 *
 * @typedef {object} Car
 * @property {Wheel[]} wheels
 * @property {Uint8Array[]} panes
 * @property {Uint8Array} drawn the edge map as it was drawn
 * @property {Uint8Array} edges with the lines of windows that were not drawn
 */

/**
 * @param {Uint8Array} drawn
 * @param {number} size
 * @param {Uint8Array} dabs
 * @param {Constants} constants
 * @returns {Car}
 */
export function findCar(drawn, size, dabs, constants) {
  const wheels = findWheels(drawn, size, constants);
  return { wheels, drawn, ...completeWindows(drawn, size, wheels, dabs, constants) };
}

/**
 * Lays glass and wheels over a picture that was painted from the car's edges.
 * @param {Uint8ClampedArray} picture RGB, its background white and its paint as `plane` says
 * @param {Car} car
 * @param {number} size
 * @param {Float32Array} plane
 * @param {Uint8Array} dabs
 * @param {Constants} constants
 */
export function finishCar(picture, { wheels, panes, drawn }, size, plane, dabs, constants) {
  const dull = limitGlare(picture, drawn, size, plane, panes, constants);
  const glazed = makeGlass(dull, drawn, size, plane, dabs, panes, constants);
  const looks = dabbedLooks(wheels, plane, dabs, size, constants);
  return drawWheels(glazed, size, size, wheels, looks, constants);
}
