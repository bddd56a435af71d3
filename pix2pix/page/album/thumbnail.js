import { Planes } from '../drawing/planes.js';

/** A drawing on a canvas of `side` pixels. */
export function thumbnail(drawing, side) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  paintDrawing(canvas.getContext('2d'), drawing.strokes, side);
  return canvas;
}

/** As on the drawing table: soft dabs below, lines above. */
export function paintDrawing(context, strokes, side) {
  const planes = Planes.offscreen(side);
  planes.redraw(strokes);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, side, side);
  context.globalAlpha = 0.6;
  context.drawImage(planes.hints.canvas, 0, 0);
  context.globalAlpha = 1;
  context.drawImage(planes.lines.canvas, 0, 0);
}
