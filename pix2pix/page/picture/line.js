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
  async send(request) {
    if (!this.isThere || request.kind !== 'draw') {
      this.queue(request);
      return;
    }
    const { answer, failure } = await this.ask(request);
    if (answer) {
      this.handlers.answer(answer);
    } else if (failure === 'missing') {
      this.isThere = false;
      this.queue(request);
    } else if (failure === 'refused') {
      this.handlers.refused();
    } else {
      this.handlers.broken();
    }
  }

  /**
   * @param {Object<string, any>} request
   * @returns {Promise<{answer?: object, failure?: 'missing' | 'refused' | 'broken'}>}
   */
  async ask(request) {
    try {
      const response = await fetch(Line.ADDRESS, {
        method: 'POST',
        headers: { 'Content-Type': 'application/octet-stream' },
        body: packFrame({ ...request, page: this.page }),
      });
      if (Line.MISSING.includes(response.status)) return { failure: 'missing' };
      if (!response.ok) return { failure: 'refused' };
      return { answer: unpackFrame(await response.arrayBuffer()) };
    } catch {
      return { failure: 'broken' };
    }
  }
}

Line.ADDRESS = 'picture';
Line.MISSING = [404, 405, 501]; // what servers of files say, and the page's own when it was older
