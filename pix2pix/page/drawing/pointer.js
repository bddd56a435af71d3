/** What ends a line: the finger is lifted, or the browser takes it for something else. */
export const POINTER_ENDS = /** @type {const} */ ([
  'pointerup',
  'pointercancel',
  'lostpointercapture',
]);

/** Follows one finger, pen or mouse over the canvas and reports where it goes. */
export class PointerTrack {
  /**
   * @param {HTMLElement} surface
   * @param {{begin(erasing: boolean): void, move(x: number, y: number, pressure: number): void,
   *   end(): void}} handlers of places in parts of the canvas's side
   */
  constructor(surface, handlers) {
    this.surface = surface;
    this.handlers = handlers;
    /** @type {number | null} */
    this.pointer = null;
    this.box = surface.getBoundingClientRect();
    this.lastPen = -Infinity;
    surface.addEventListener('pointerdown', (event) => this.down(event));
    surface.addEventListener('pointermove', (event) => this.move(event));
    for (const type of POINTER_ENDS) {
      surface.addEventListener(type, (event) => this.up(event));
    }
    // A long press must not open a menu in the middle of a line.
    surface.addEventListener('contextmenu', (event) => event.preventDefault());
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.pointerType === 'pen') this.lastPen = event.timeStamp;
    // A second finger is ignored, and so is a palm that rests while a pen draws.
    const palm = event.pointerType === 'touch' && event.timeStamp - this.lastPen < 1000;
    const penEraser = event.pointerType === 'pen' && event.button === 5;
    if (this.pointer !== null || palm || (event.button !== 0 && !penEraser)) return;
    this.pointer = event.pointerId;
    this.surface.setPointerCapture(event.pointerId);
    this.box = this.surface.getBoundingClientRect();
    this.handlers.begin(penEraser);
    this.report(event);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (event.pointerId !== this.pointer) return;
    if (event.pointerType === 'pen') this.lastPen = event.timeStamp;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length ? all : [event]) this.report(each);
  }

  /** @param {PointerEvent} event */
  up(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    this.handlers.end();
  }

  /** @param {PointerEvent} event */
  report(event) {
    const x = (event.clientX - this.box.left) / this.box.width;
    const y = (event.clientY - this.box.top) / this.box.height;
    // Only a pen tells how hard it presses; everything else draws at the middle width.
    const pressure = event.pointerType === 'pen' ? event.pressure : 0.5;
    this.handlers.move(x, y, pressure);
  }
}
