/**
 * Colours of 5 bits a channel, each with how often it is seen, and a box of them.
 *
 * @typedef {{color: number[], count: number}} Entry
 * @typedef {{entries: Entry[], count: number, channel: number, weight: number}} Box
 */

/**
 * Writes an endless GIF, frame by frame, with one palette for all (GIF89a, W3C). Own code: the small
 * encoders of npm have not been kept for years, and this is all that is needed of one.
 */
export class Gif {
  /**
   * @param {number} width
   * @param {number} height
   * @param {number[][]} palette up to 256 colours [red, green, blue], 0 to 255
   */
  constructor(width, height, palette) {
    this.width = width;
    this.height = height;
    this.palette = palette;
    this.nearest = new Int16Array(1 << 15).fill(-1); // by colours of 5 bits a channel
    const table = new Uint8Array(3 * 256);
    palette.forEach((color, index) => table.set(color, 3 * index));
    const screen = [...Gif.short(width), ...Gif.short(height), 0xf7, 0, 0];
    const loop = [0x21, 0xff, 11, ...Gif.letters('NETSCAPE2.0'), 3, 1, 0, 0, 0];
    this.parts = [Uint8Array.from([...Gif.letters('GIF89a'), ...screen]), table];
    this.parts.push(Uint8Array.from(loop));
  }

  /**
   * @param {Uint8ClampedArray} pixels RGBA
   * @param {number} delay in hundredths of a second
   */
  add(pixels, delay) {
    const control = [0x21, 0xf9, 4, 0, ...Gif.short(delay), 0, 0];
    const place = [0x2c, 0, 0, 0, 0, ...Gif.short(this.width), ...Gif.short(this.height), 0];
    this.parts.push(Uint8Array.from([...control, ...place]));
    this.parts.push(Gif.blocks(Gif.compress(this.indices(pixels))));
  }

  end() {
    return new Blob([...this.parts, Uint8Array.of(0x3b)], { type: 'image/gif' });
  }

  /** @param {Uint8ClampedArray} pixels */
  indices(pixels) {
    const indices = new Uint8Array(pixels.length / 4);
    for (let pixel = 0; pixel < indices.length; pixel += 1) {
      const key = Gif.key(pixels, 4 * pixel);
      if (this.nearest[key] < 0) this.nearest[key] = this.find(key);
      indices[pixel] = this.nearest[key];
    }
    return indices;
  }

  /** @param {number} key */
  find(key) {
    const color = Gif.color(key);
    const far = (/** @type {number[]} */ [red, green, blue]) =>
      (red - color[0]) ** 2 + (green - color[1]) ** 2 + (blue - color[2]) ** 2;
    let best = 0;
    this.palette.forEach((each, index) => {
      if (far(each) < far(this.palette[best])) best = index;
    });
    return best;
  }

  /**
   * @param {Uint8ClampedArray} pixels
   * @param {number} at
   */
  static key(pixels, at) {
    return ((pixels[at] >> 3) << 10) | ((pixels[at + 1] >> 3) << 5) | (pixels[at + 2] >> 3);
  }

  /**
   * White stays white: 31 of 31 becomes 255.
   * @param {number} key
   */
  static color(key) {
    return [key >> 10, (key >> 5) & 31, key & 31].map((part) => Math.round((part * 255) / 31));
  }

  /**
   * The colours of some frames by median cut (Heckbert, 1982): the box with most to tell is split.
   * @param {Uint8ClampedArray[]} frames
   */
  static colours(frames, most = 256) {
    const counts = new Uint32Array(1 << 15);
    for (const pixels of frames) {
      for (let at = 0; at < pixels.length; at += 4) counts[Gif.key(pixels, at)] += 1;
    }
    const all = [...counts.keys()].filter((key) => counts[key]);
    const entries = all.map((key) => ({ color: Gif.color(key), count: counts[key] }));
    const boxes = [Gif.box(entries)];
    while (boxes.length < most) {
      const widest = boxes.reduce((best, box) => (box.weight > best.weight ? box : best));
      if (widest.weight <= 0) break;
      boxes.splice(boxes.indexOf(widest), 1, ...Gif.split(widest));
    }
    return boxes.map(Gif.mean);
  }

  /**
   * @param {Entry[]} entries
   * @returns {Box}
   */
  static box(entries) {
    const spans = [0, 1, 2].map((channel) => {
      const values = entries.map(({ color }) => color[channel]);
      return Math.max(...values) - Math.min(...values);
    });
    const span = Math.max(...spans);
    const count = entries.reduce((sum, entry) => sum + entry.count, 0);
    return { entries, count, channel: spans.indexOf(span), weight: span * Math.sqrt(count) };
  }

  /** @param {Box} box */
  static split({ entries, count, channel }) {
    entries.sort((a, b) => a.color[channel] - b.color[channel]);
    let sum = 0;
    const middle = entries.findIndex((entry) => {
      sum += entry.count;
      return sum >= count / 2;
    });
    const cut = Math.min(entries.length - 1, Math.max(1, middle));
    return [Gif.box(entries.slice(0, cut)), Gif.box(entries.slice(cut))];
  }

  /** @param {Box} box */
  static mean({ entries, count }) {
    return [0, 1, 2].map((channel) => {
      const sum = entries.reduce((sum, each) => sum + each.color[channel] * each.count, 0);
      return Math.round(sum / count);
    });
  }

  /**
   * LZW with codes of 9 to 12 bits.
   * @param {Uint8Array} indices
   */
  static compress(indices) {
    const [clear, end] = [256, 257];
    /** @type {number[]} */
    const bytes = [];
    let [bits, filled, width, next] = [0, 0, 9, 258];
    let codes = new Map();
    /** @param {number} code */
    const write = (code) => {
      bits |= code << filled;
      for (filled += width; filled >= 8; filled -= 8, bits >>>= 8) bytes.push(bits & 255);
    };
    write(clear);
    let prefix = indices[0];
    for (let at = 1; at < indices.length; at += 1) {
      const key = (prefix << 8) | indices[at];
      const known = codes.get(key);
      if (known !== undefined) {
        prefix = known;
        continue;
      }
      write(prefix);
      prefix = indices[at];
      if (next === 4096) {
        write(clear);
        [codes, width, next] = [new Map(), 9, 258];
        continue;
      }
      if (next === 1 << width) width += 1;
      codes.set(key, next);
      next += 1;
    }
    write(prefix);
    // The reader counts one code more than was made here, and may be at the next width by now.
    if (next === 1 << width && width < 12) width += 1;
    write(end);
    if (filled) bytes.push(bits & 255);
    return bytes;
  }

  /**
   * In blocks of at most 255 bytes, each after its length.
   * @param {number[]} bytes
   */
  static blocks(bytes) {
    const blocks = [8];
    for (let at = 0; at < bytes.length; at += 255) {
      const block = bytes.slice(at, at + 255);
      blocks.push(block.length, ...block);
    }
    return Uint8Array.from([...blocks, 0]);
  }

  /** @param {number} number */
  static short(number) {
    return [number & 255, number >> 8];
  }

  /** @param {string} text */
  static letters(text) {
    return Array.from(text, (letter) => letter.charCodeAt(0));
  }
}
