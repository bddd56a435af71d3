/** @import { Sample } from './warmup.js' */
/** @import { Wish } from './wish.js' */

/** @typedef {{id: number, error?: {code: string, message?: string}}} Done an answer, whatever it holds */

/** The engine in a worker, which is started with the first request and answers one after the other. */
export class Engine {
  /**
   * @param {string} script address of the worker's
   * @param {object} handlers
   * @param {(answer: Done, wish: Wish) => void} handlers.answered
   * @param {(open: Wish[]) => void} handlers.failed the worker could not be loaded, or ran out of
   *   memory: the requests have no answer, and the next one starts another
   * @param {(script: string) => Worker} start
   */
  constructor(script, handlers, start = (address) => new Worker(address, { type: 'module' })) {
    this.script = script;
    this.handlers = handlers;
    this.start = start;
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {Map<number, Wish>} */
    this.open = new Map();
    /** @type {((sample: Sample | null) => void)[]} */
    this.warming = [];
  }

  /** @param {Wish} wish one with the id of another that is open takes its place */
  send(wish) {
    this.open.set(wish.id, wish);
    this.running.postMessage(wish);
  }

  /**
   * Has the worker load and compile what pictures take; a request that comes meanwhile goes first.
   *
   * @param {string} domain
   * @returns {Promise<Sample | null>} null if a request came, or it failed
   */
  warm(domain) {
    this.running.postMessage({ kind: 'warm', domain });
    return new Promise((resolve) => this.warming.push(resolve));
  }

  /**
   * Warms up, unless something has been asked before.
   * @param {string} domain
   */
  prepare(domain) {
    if (!this.worker) void this.warm(domain);
  }

  get running() {
    this.worker ??= this.started();
    return this.worker;
  }

  started() {
    const worker = this.start(this.script);
    worker.addEventListener('message', ({ data }) => {
      if (worker === this.worker) this.heard(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker === this.worker) this.handlers.failed(this.stop());
    });
    return worker;
  }

  /** @param {{warmed: Sample | null} | Done} answer */
  heard(answer) {
    if ('warmed' in answer) {
      this.warming.shift()?.(answer.warmed);
      return;
    }
    const wish = this.open.get(answer.id);
    this.open.delete(answer.id);
    if (wish) this.handlers.answered(answer, wish);
  }

  /**
   * Ends the worker and gives its memory back.
   * @returns {Wish[]} what was not answered
   */
  stop() {
    this.worker?.terminate();
    this.worker = null;
    const open = [...this.open.values()];
    this.open.clear();
    for (const resolve of this.warming.splice(0)) resolve(null);
    return open;
  }
}
