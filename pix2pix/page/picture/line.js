import { newId } from '../common/id.js';
import { packFrame, unpackFrame } from './frames.js';

/** @import { Failing } from './server.js' */

/**
 * The line to the server: a drawing goes there as it is, and its picture is the answer to the same
 * request. Everything else goes by Gradio's queue, and drawings too where the server has no such
 * address.
 */
export class ServerLine {
  /**
   * @param {(request: object) => void} queue gives a request to Gradio, which answers by an event
   * @param {Failing} failing
   */
  constructor(queue, failing) {
    this.queue = queue;
    this.failing = failing;
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
      window.dispatchEvent(new CustomEvent('sketch-answer', { detail: answer }));
    } else if (failure === 'missing') {
      this.isThere = false;
      this.queue(request);
    } else if (failure === 'refused') {
      this.failing.refused();
    } else {
      this.failing.broken();
    }
  }

  /**
   * @param {Object<string, any>} request
   * @returns {Promise<{answer?: object, failure?: 'missing' | 'refused' | 'broken'}>}
   */
  async ask(request) {
    try {
      const response = await fetch(ServerLine.ADDRESS, {
        method: 'POST',
        headers: { 'Content-Type': 'application/octet-stream' },
        body: packFrame({ ...request, page: this.page }),
      });
      if (ServerLine.MISSING.includes(response.status)) return { failure: 'missing' };
      if (!response.ok) return { failure: 'refused' };
      return { answer: unpackFrame(await response.arrayBuffer()) };
    } catch {
      return { failure: 'broken' };
    }
  }
}

ServerLine.ADDRESS = 'picture';
ServerLine.MISSING = [404, 405, 501]; // what servers of files say, and the page's own when it was older
