import { Layers } from '../drawing/layers.js';

/** A drawing on a canvas of `side` pixels. */
export function thumbnail(drawing, side) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  paintDrawing(canvas.getContext('2d'), drawing.strokes, side);
  return canvas;
}

/** As on the drawing table: soft dabs below, lines above. */
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
