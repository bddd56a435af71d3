/** @import { Wish } from './wish.js' */

/** @typedef {{id: number, error?: {code: string, message?: string}}} Done an answer, whatever it holds */

/** The engine in a worker, which is started with the first request and answers one after the other. */
export class Engine {
  /**
   * @param {string} folder address of its files
   * @param {(answer: Done) => void} answered
   * @param {(address: string) => Worker} start
   */
  constructor(folder, answered, start = (address) => new Worker(address, { type: 'module' })) {
    this.folder = folder;
    this.answered = answered;
    this.start = start;
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {number[]} */
    this.asked = [];
  }

  /** @param {Wish} wish */
  send(wish) {
    this.worker ??= this.started();
    this.asked.push(wish.id);
    this.worker.postMessage(wish);
  }

  started() {
    const worker = this.start(this.folder + 'worker.js');
    worker.addEventListener('message', ({ data: answer }) => {
      this.asked = this.asked.filter((id) => id !== answer.id);
      this.answered(answer);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.fail();
    });
    return worker;
  }

  /** The worker could not be loaded, or ran out of memory: what was asked of it is answered so. */
  fail() {
    this.worker?.terminate();
    this.worker = null;
    const asked = this.asked;
    this.asked = [];
    for (const id of asked) this.answered({ id, error: { code: 'engine_failed' } });
  }
}
