import { newId } from '../common/id.js';
import { packFrame, unpackFrame } from './frames.js';

/**
 * The line to the server: a drawing goes there as it is, and its picture is the answer to the same
 * request. Everything else goes by Gradio's queue, and drawings too where the server has no such
 * address.
 */
export class Line {
  /**
   * @param {(request: object) => void} queue gives a request to Gradio
   * @param {{answer(answer: object): void, refused(): void, broken(): void}} handlers
   */
  constructor(queue, handlers) {
    this.queue = queue;
    this.handlers = handlers;
    this.page = newId();
    this.isThere = true;
  }

  /** @param {Object<string, any>} request */
  send(request) {
    if (this.isThere && request.kind === 'draw') return this.ask(request);
    this.queue(request);
  }

  /** @param {Object<string, any>} request */
  async ask(request) {
    const answer = await this.answer(request);
    if (answer === Line.NONE) {
      this.isThere = false;
      this.queue(request);
    } else if (answer === Line.REFUSED) {
      this.handlers.refused();
    } else if (answer === Line.BROKEN) {
      this.handlers.broken();
    } else {
      this.handlers.answer(answer);
    }
  }

  /** @param {Object<string, any>} request */
  async answer(request) {
    try {
      const response = await fetch(Line.ADDRESS, {
        method: 'POST',
        headers: { 'Content-Type': 'application/octet-stream' },
        body: packFrame({ ...request, page: this.page }),
      });
      if (Line.MISSING.includes(response.status)) return Line.NONE;
      return response.ok ? unpackFrame(await response.arrayBuffer()) : Line.REFUSED;
    } catch {
      return Line.BROKEN;
    }
  }
}

Line.ADDRESS = 'picture';
Line.MISSING = [404, 405, 501]; // what servers of files say, and the page's own when it was older
Line.NONE = Symbol('none');
Line.REFUSED = Symbol('refused');
Line.BROKEN = Symbol('broken');
