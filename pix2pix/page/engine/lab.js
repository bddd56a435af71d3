/**
 * L*a*b* as OpenCV computes it: from a table of 33 colours a side, between which it interpolates.
 * The differences to the formulas reach .3, and thresholds are set on what Python sees.
 */

const TO_XYZ = [
  [0.412453, 0.35758, 0.180423],
  [0.212671, 0.71516, 0.072169],
  [0.019334, 0.119193, 0.950227],
];
const TO_RGB = [
  [3.240479, -1.53715, -0.498535],
  [-0.969256, 1.875991, 0.041556],
  [0.055648, -0.204043, 1.057311],
];
const WHITE = [0.950456, 1, 1.088754];
const DARK = 0.008856; // below it, lightness is linear
const SIDE = 33;
const BASE = 16384;
const FINE = 16; // steps between two colours of the table

/** @type {Int16Array | null} */
let table = null;

/** @param {number} value */
const toLinear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** @param {number} value */
const toCurved = (value) => (value > DARK ? Math.cbrt(value) : 7.787 * value + 16 / 116);

function labTable() {
  if (table) return table;
  table = new Int16Array(3 * SIDE ** 3);
  const linear = Array.from({ length: SIDE }, (_, at) => toLinear(at / (SIDE - 1)));
  let at = 0;
  for (const red of linear) {
    for (const green of linear) {
      for (const blue of linear) {
        const [x, y, z] = TO_XYZ.map(
          (row, axis) => (row[0] * red + row[1] * green + row[2] * blue) / WHITE[axis],
        );
        const [across, down, deep] = [x, y, z].map(toCurved);
        const light = y > DARK ? 116 * down - 16 : 903.3 * y;
        table[at] = Math.round((BASE * light) / 100);
        table[at + 1] = Math.round((BASE * (500 * (across - down) + 128)) / 256);
        table[at + 2] = Math.round((BASE * (200 * (down - deep) + 128)) / 256);
        at += 3;
      }
    }
  }
  return table;
}

/** For each level: its place in the table, and how many sixteenths it is beyond. */
const PLACES = Int32Array.from({ length: 256 }, (_, level) => Math.round((level / 255) * BASE));

/**
 * @param {Uint8ClampedArray | number[]} rgb
 * @returns {Float32Array} L* 0 to 100, a*, b*
 */
export function toLab(rgb) {
  const colours = labTable();
  const lab = new Float32Array(rgb.length);
  let [lastR, lastG, lastB] = [-1, -1, -1];
  for (let at = 0; at < rgb.length; at += 3) {
    if (rgb[at] === lastR && rgb[at + 1] === lastG && rgb[at + 2] === lastB) {
      lab[at] = lab[at - 3];
      lab[at + 1] = lab[at - 2];
      lab[at + 2] = lab[at - 1];
      continue;
    }
    [lastR, lastG, lastB] = [rgb[at], rgb[at + 1], rgb[at + 2]];
    const [red, green, blue] = [PLACES[lastR], PLACES[lastG], PLACES[lastB]];
    const [r, g, b] = [red >> 9, green >> 9, blue >> 9];
    const [partR, partG, partB] = [(red >> 5) & 15, (green >> 5) & 15, (blue >> 5) & 15];
    const corner = 3 * ((r * SIDE + g) * SIDE + b);
    const [right, up, deep] = [partR && 3 * SIDE * SIDE, partG && 3 * SIDE, partB && 3];
    const [keepR, keepG, keepB] = [FINE - partR, FINE - partG, FINE - partB];
    for (let channel = 0; channel < 3; channel += 1) {
      const from = corner + channel;
      const near =
        keepG * (keepB * colours[from] + partB * colours[from + deep]) +
        partG * (keepB * colours[from + up] + partB * colours[from + up + deep]);
      const next = from + right;
      const far =
        keepG * (keepB * colours[next] + partB * colours[next + deep]) +
        partG * (keepB * colours[next + up] + partB * colours[next + up + deep]);
      const value = (keepR * near + partR * far + FINE ** 3 / 2) >> 12;
      lab[at + channel] = channel ? value / 64 - 128 : (value / BASE) * 100;
    }
  }
  return lab;
}

const LEVELS = 4096;
const CURVE = Float32Array.from({ length: LEVELS + 2 }, (_, at) => {
  const value = at / LEVELS;
  return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
});

/** @param {number} value linear */
function toByte(value) {
  if (value <= 0) return 0;
  if (value >= 1) return 255;
  const place = value * LEVELS;
  const whole = place | 0;
  return CURVE[whole] + (CURVE[whole + 1] - CURVE[whole]) * (place - whole);
}

/** @param {number} value */
const toStraight = (value) =>
  value <= 7.787 * DARK + 16 / 116 ? (value - 16 / 116) / 7.787 : value * value * value;

/**
 * Writes one colour as R, G, B, colours beyond sRGB clipped.
 * @param {number} light
 * @param {number} a
 * @param {number} b
 * @param {Uint8ClampedArray} rgb
 * @param {number} at
 */
export function writeRgb(light, a, b, rgb, at) {
  const isDark = light <= DARK * 903.3;
  const middle = isDark ? (7.787 * light) / 903.3 + 16 / 116 : (light + 16) / 116;
  const x = toStraight(middle + a / 500) * WHITE[0];
  const y = isDark ? light / 903.3 : middle * middle * middle;
  const z = toStraight(middle - b / 200) * WHITE[2];
  const [red, green, blue] = TO_RGB;
  rgb[at] = toByte(red[0] * x + red[1] * y + red[2] * z);
  rgb[at + 1] = toByte(green[0] * x + green[1] * y + green[2] * z);
  rgb[at + 2] = toByte(blue[0] * x + blue[1] * y + blue[2] * z);
}
