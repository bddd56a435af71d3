/** What there is to draw with: three widths a tool, as parts of the canvas's side, and colours. */

export const WIDTHS = {
  pen: [0.006, 0.011, 0.02],
  colour: [0.04, 0.075, 0.13],
  eraser: [0.03, 0.06, 0.12],
};

/**
 * Name and value of each colour of the palette.
 * @type {[name: string, value: string][]}
 */
export const COLORS = [
  ['red', '#d93a32'],
  ['orange', '#f0862c'],
  ['yellow', '#f7cb3b'],
  ['lime', '#8cc152'],
  ['green', '#2f8f5b'],
  ['sky', '#55b7e6'],
  ['blue', '#2b5fc1'],
  ['violet', '#7d4fb0'],
  ['pink', '#ef8fb0'],
  ['brown', '#8a5a36'],
  ['black', '#2b2b30'],
  ['white', '#f7f5f0'],
];
