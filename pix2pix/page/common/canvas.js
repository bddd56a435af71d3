/**
 * What draws on a canvas.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 * @throws {Error} if the browser has no memory left for it
 */
export function context2d(canvas, settings) {
  const context = canvas.getContext('2d', settings);
  if (!context) throw new Error('The browser gives no canvas to draw on.');
  return context;
}

/**
 * A canvas that is not on the page.
 *
 * @param {number} width
 * @param {number} height
 * @param {string | null} color null for a clear one
 * @returns {[HTMLCanvasElement, CanvasRenderingContext2D]}
 */
export function newCanvas(width, height, color = '#ffffff') {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = context2d(canvas);
  context.imageSmoothingQuality = 'high';
  if (color) {
    context.fillStyle = color;
    context.fillRect(0, 0, width, height);
  }
  return [canvas, context];
}

/**
 * A canvas as a file.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {string} type
 * @param {number} [quality]
 * @returns {Promise<Blob>}
 */
export function toBlob(canvas, type, quality) {
  return new Promise((resolve, reject) => {
    const done = (/** @type {Blob | null} */ blob) =>
      blob ? resolve(blob) : reject(new Error(`The browser makes no ${type}.`));
    canvas.toBlob(done, type, quality);
  });
}
