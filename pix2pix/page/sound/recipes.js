/**
 * One tone, or a breath of noise, of a sound.
 *
 * @typedef {object} Note
 * @property {'sine' | 'triangle' | 'noise'} wave
 * @property {number} from in hertz; of noise, the middle of what is let through
 * @property {number} to where it glides
 * @property {number} at seconds after the sound has begun
 * @property {number} lasts in seconds
 * @property {number} loud 0 to 1
 *
 * What is heard of a tool on the paper: noise that rises with the speed of the hand.
 *
 * @typedef {object} Rub
 * @property {number} from in hertz, of a hand that hardly moves
 * @property {number} to of a quick one
 * @property {number} width of the band that is let through, as a part of its middle
 * @property {number} loud at most, 0 to 1
 *
 * @typedef {'pop' | 'closed' | 'star' | 'sticker' | 'saved'} SoundName
 */

/** @type {Record<SoundName, Note[]>} */
export const SOUNDS = {
  // Something was chosen: a bubble.
  pop: [{ wave: 'sine', from: 420, to: 840, at: 0, lasts: 0.07, loud: 0.16 }],
  // The outline has closed: a breath, and three steps up.
  closed: [
    { wave: 'noise', from: 500, to: 1600, at: 0, lasts: 0.18, loud: 0.06 },
    { wave: 'triangle', from: 523, to: 523, at: 0.06, lasts: 0.22, loud: 0.13 },
    { wave: 'triangle', from: 659, to: 659, at: 0.15, lasts: 0.22, loud: 0.13 },
    { wave: 'triangle', from: 784, to: 784, at: 0.24, lasts: 0.4, loud: 0.13 },
  ],
  // A star: up to the octave, and a twinkle above it.
  star: [
    { wave: 'triangle', from: 523, to: 523, at: 0, lasts: 0.25, loud: 0.12 },
    { wave: 'triangle', from: 659, to: 659, at: 0.1, lasts: 0.25, loud: 0.12 },
    { wave: 'triangle', from: 784, to: 784, at: 0.2, lasts: 0.25, loud: 0.12 },
    { wave: 'triangle', from: 1047, to: 1047, at: 0.3, lasts: 0.7, loud: 0.12 },
    { wave: 'sine', from: 2093, to: 2093, at: 0.42, lasts: 0.2, loud: 0.05 },
    { wave: 'sine', from: 2637, to: 2637, at: 0.54, lasts: 0.45, loud: 0.05 },
  ],
  // A sticker is peeled off, and pressed down.
  sticker: [
    { wave: 'noise', from: 900, to: 2800, at: 0, lasts: 0.2, loud: 0.1 },
    { wave: 'sine', from: 330, to: 160, at: 0.22, lasts: 0.12, loud: 0.2 },
  ],
  // It is in the album, or among the files: a drawer that closes, and a bell.
  saved: [
    { wave: 'sine', from: 220, to: 150, at: 0, lasts: 0.1, loud: 0.16 },
    { wave: 'sine', from: 784, to: 784, at: 0.1, lasts: 0.3, loud: 0.1 },
    { wave: 'sine', from: 1047, to: 1047, at: 0.2, lasts: 0.5, loud: 0.1 },
  ],
};

/** @type {Record<'line' | 'hint' | 'erase', Rub>} by kind of stroke */
export const RUBS = {
  line: { from: 1500, to: 3600, width: 0.8, loud: 0.05 },
  hint: { from: 450, to: 1300, width: 1.4, loud: 0.1 },
  erase: { from: 280, to: 700, width: 1, loud: 0.09 },
};

/** Sides of the paper a second, from where on a hand is not heard to be any quicker. */
export const QUICK = 2;

/**
 * What is heard of a hand of that speed; nothing of one that rests.
 * @param {Rub} rub
 * @param {number} speed in sides of the paper a second
 */
export function rubbed({ from, to, loud }, speed) {
  const share = Math.min(speed / QUICK, 1);
  return { hertz: from + (to - from) * share, loud: loud * Math.sqrt(share) };
}
