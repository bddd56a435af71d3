import { Room } from '../common/room.js';

/** @import { Studio } from './studio.js' */

/** The way to all other rooms. */
export class Play extends Room {
  /** @param {Studio} studio */
  constructor(studio) {
    super(studio, 'play');
  }
}
