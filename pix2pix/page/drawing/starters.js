import { Sketch } from './sketch.js';

/** @import { Starter } from '../common/domains.js' */
/** @import { Layers } from './layers.js' */
/** @import { Point, Stroke } from './sketch.js' */

/** Drawings to begin with: SVG paths in the unit square, turned into ordinary strokes. */
export const Starters = {
  STEP: 0.01,

  /**
   * The strokes of a starter, as if they had been drawn with the pen.
   * @param {Starter} starter
   * @param {number} width
   * @returns {Stroke[]}
   */
  strokes(starter, width) {
    return starter.strokes.map((data) => {
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('d', data);
      const length = path.getTotalLength();
      const steps = Math.max(1, Math.round(length / Starters.STEP));
      const points = Array.from({ length: steps + 1 }, (_, step) => {
        const { x, y } = path.getPointAtLength((length * step) / steps);
        return /** @type {Point} */ ([Sketch.round(x), Sketch.round(y), 0.5]);
      });
      return { kind: 'line', width, color: null, points };
    });
  },

  /**
   * Shows the strokes growing, then calls `done`; returns a function that stops it at once.
   * @param {Stroke[]} strokes
   * @param {Layers[]} layers
   * @param {() => void} changed
   * @param {() => void} done
   */
  play(strokes, layers, changed, done) {
    const total = strokes.reduce((sum, stroke) => sum + stroke.points.length, 0);
    const pace = total / 45;
    let stroke = 0;
    let point = 0;
    let frame = 0;
    const step = () => {
      for (let left = pace; left > 0 && stroke < strokes.length; left -= 1) {
        const points = strokes[stroke].points;
        point += 1;
        for (const each of layers) {
          each.grow({ ...strokes[stroke], points: points.slice(0, point) });
        }
        if (point === points.length) {
          for (const each of layers) each.drawn = 0;
          stroke += 1;
          point = 0;
        }
      }
      changed();
      if (stroke < strokes.length) frame = requestAnimationFrame(step);
      else done();
    };
    step();
    return () => cancelAnimationFrame(frame);
  },
};
