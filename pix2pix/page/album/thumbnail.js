import { newCanvas } from '../common/canvas.js';
import { Layers } from '../drawing/layers.js';

/** @import { Drawing, Stroke } from '../drawing/sketch.js' */

/**
 * A drawing on a canvas of `side` pixels.
 * @param {Drawing} drawing
 * @param {number} side
 */
export function thumbnail(drawing, side) {
  const [canvas, context] = newCanvas(side, side);
  paintDrawing(context, drawing.strokes, side);
  return canvas;
}

/**
 * As on the drawing table: soft dabs below, lines above.
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke[]} strokes
 * @param {number} side
 */
export function paintDrawing(context, strokes, side) {
  const layers = Layers.offscreen(side);
  layers.redraw(strokes);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, side, side);
  context.globalAlpha = 0.6;
  context.drawImage(layers.hints.canvas, 0, 0);
  context.globalAlpha = 1;
  context.drawImage(layers.lines.canvas, 0, 0);
}
