/** @typedef {[x: number, y: number]} Place in the unit square */
/** @typedef {{length: number, from: Place, to: Place}} Way of one stroke */
/** @typedef {{stroke: number, part: number, isInAir: boolean, share: number}} Moment */

/** When a hand that draws strokes one after the other is where, on the paper and in the air between. */
export class Timetable {
  /** @param {Way[]} ways */
  constructor(ways) {
    this.whole = ways.reduce((sum, { length }) => sum + length, 0);
    /** @type {{stroke: number, isInAir: boolean, takes: number, length: number}[]} */
    this.legs = ways.flatMap(({ length, from }, stroke) => {
      const leg = { stroke, isInAir: false, takes: length, length };
      if (!stroke) return [leg];
      const { to } = ways[stroke - 1];
      const way = Math.hypot(from[0] - to[0], from[1] - to[1]);
      return [{ stroke, isInAir: true, takes: way / Timetable.HASTE, length: 0 }, leg];
    });
    this.duration = this.legs.reduce((sum, { takes }) => sum + takes, 0);
  }

  /**
   * @param {number} time 0 to 1
   * @returns {Moment} which stroke is drawn or gone to, how far that is, and how much is drawn in all
   */
  at(time) {
    let left = Math.max(0, time) * this.duration;
    let drawn = 0;
    for (const { stroke, isInAir, takes, length } of this.legs) {
      if (left < takes) {
        const part = left / takes;
        return { stroke, part, isInAir, share: (drawn + part * length) / this.whole };
      }
      left -= takes;
      drawn += length;
    }
    return {
      stroke: this.legs.length ? this.legs[this.legs.length - 1].stroke : 0,
      part: 1,
      isInAir: false,
      share: 1,
    };
  }
}

Timetable.HASTE = 3; // so much faster than on the paper
