/**
 * What comes of a request: the answer, or why there is none.
 *
 * @typedef {{code: string, message?: string}} Failure
 */
/**
 * @template T
 * @typedef {{id?: number, error: Failure} | (T & {id?: number, error?: undefined})} Answer
 */
/** @typedef {{picture: string, edges: string}} Drawn */
/**
 * The way to who makes the pictures, who answers by the event 'sketch-answer'. A request that has no
 * answer after `patience`, in ms, is sent again; by default after `Server.GIVE_UP`. To `prepare` is
 * done while nothing is drawn, so that the first picture of the domain comes sooner.
 *
 * @typedef {{send(request: object): void, patience?: number, prepare?(domain: string): void}} Line
 */
/**
 * What a line tells besides: that a request was turned away, or that the connection broke off.
 *
 * @typedef {{refused(): void, broken(): void}} Failing
 */

/**
 * Keeps the picture up with the drawing: sends the newest state when the last answer has come, so
 * the pace is the server's, and notices when there is no server, or one that is slow or refuses.
 */
export class Server {
  /**
   * @param {Line} line
   * @param {{request(): object | null, answer(answer: Answer<Drawn>): void, lost(): void,
   *   back(): void, refused(): void, slow(isSlow: boolean): void, busy(isBusy: boolean): void}}
   *   handlers
   */
  constructor(line, handlers) {
    this.line = line;
    this.handlers = handlers;
    this.id = 0; // of what is to be shown; an answer to an older one is dropped
    this.sent = 0; // of the last request
    this.waiting = false;
    this.stale = false;
    /** @type {{request: object, done: (answer: any) => void, id: number} | null} */
    this.errand = null;
    this.isLost = false;
    this.isRefused = false;
    this.isHeld = false; // for a while after a refusal
    this.isUrgent = false;
    this.silences = 0; // how often in a row a request was given up
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.since = 0;
    window.addEventListener('sketch-answer', (event) => {
      this.receive(/** @type {CustomEvent} */ (event).detail);
    });
  }

  /** Is there something on its way, or still to be sent? */
  get isBusy() {
    return this.waiting || this.stale || this.isLost;
  }

  get patience() {
    return this.line.patience ?? Server.GIVE_UP;
  }

  /** Says that the drawing changed; of changes in one go, only what comes of them is sent. */
  update() {
    this.stale = true;
    this.handlers.busy(true);
    if (this.isFree) queueMicrotask(() => this.flush());
  }

  /** Says that the drawing is for looking at now: it does not wait for the answer to an older one. */
  hurry() {
    this.isUrgent = true;
    queueMicrotask(() => this.flush());
  }

  flush() {
    const { isUrgent, stale, errand } = this;
    this.isUrgent = false;
    if (this.isFree) this.resume();
    else if (isUrgent && stale && !errand && !this.isLost && !this.isHeld) this.next();
  }

  get isFree() {
    return !this.waiting && !this.isLost && !this.isHeld;
  }

  /** Says that the picture is another one now: what is on its way would show the old one again. */
  renew() {
    this.id += 1;
    this.update();
  }

  /**
   * Sends something else than the drawing, before it, and hands its answer to `done`; a newer
   * errand takes its place.
   *
   * @template T
   * @param {object} request
   * @param {(answer: Answer<T>) => void} done
   */
  ask(request, done) {
    this.forget();
    this.errand = { request, done, id: Infinity };
    if (this.isFree) this.next();
  }

  /** Leaves the drawing undrawn until it changes again: something else is shown now. */
  rest() {
    this.stale = false;
    this.id += 1; // a picture of the drawing may be on its way
  }

  /** Drops the errand; an answer to it that is on its way goes nowhere. */
  forget() {
    if (this.errand && this.errand.id <= this.id) this.id += 1;
    this.errand = null;
  }

  next() {
    if (!this.errand) this.stale = false;
    const request = this.errand ? this.errand.request : this.handlers.request();
    if (!request) {
      this.id += 1; // an answer still on its way is about something that is gone
      this.handlers.busy(false);
      this.handlers.slow(false);
      return;
    }
    this.id += 1;
    // After a long wait an errand is sent again; then the first answer counts.
    if (this.errand) this.errand.id = Math.min(this.errand.id, this.id);
    this.waiting = true;
    this.sent = this.id;
    this.line.send({ id: this.id, ...request });
    this.since = performance.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), Server.PATIENCE);
  }

  /** @param {any} answer as it comes by the line */
  receive(answer) {
    if (answer?.id === undefined || answer.id === null) return;
    this.found(); // it was only too busy to say so
    if (answer.id >= this.sent) {
      clearTimeout(this.timer);
      this.waiting = false;
      this.silences = 0;
      this.handlers.slow(false);
    } // else it was sent again meanwhile, and that is still to be answered
    if (this.errand && this.errand.id <= answer.id) {
      const { done } = this.errand;
      this.forget();
      done(answer);
    } else if (answer.id === this.id) {
      this.handlers.answer(answer);
    }
    if (this.waiting) return; // for that, or since what was brought is being drawn
    if (this.errand || this.stale) this.next();
    else this.handlers.busy(false);
  }

  /** No answer for a while: is the server slow, or gone? */
  async check() {
    const there = await Server.reachable();
    if (!this.waiting && !this.isLost) return;
    if (!there) {
      if (!this.isLost) this.handlers.lost();
      this.isLost = true;
    } else if (this.isLost || performance.now() - this.since > this.patience) {
      if (!this.isLost) this.silences += 1;
      this.found();
      this.waiting = false;
      if (this.silences >= Server.SILENCES) this.refuse();
      this.update();
      return;
    } else {
      this.handlers.slow(true);
    }
    this.timer = setTimeout(() => this.check(), Server.PATIENCE);
  }

  /** The connection broke off: soon it is looked for, and without a server's answer tried again. */
  broken() {
    this.since = -Infinity;
  }

  /** The request was turned away; what the server says at another path does not matter. */
  failed() {
    if (!this.waiting) return;
    clearTimeout(this.timer);
    this.waiting = false;
    this.handlers.slow(false);
    this.isHeld = true;
    this.timer = setTimeout(() => this.resume(), Server.PATIENCE);
    if (this.errand && this.errand.id <= this.id) {
      const { done } = this.errand;
      this.forget();
      done({ error: { code: 'refused' } });
      return;
    }
    this.stale = true;
    this.refuse();
  }

  resume() {
    this.isHeld = false;
    if (this.errand || this.stale) this.next();
    else this.handlers.busy(false);
  }

  refuse() {
    if (!this.isRefused) this.handlers.refused();
    this.isRefused = true;
  }

  found() {
    if (this.isLost || this.isRefused) this.handlers.back();
    this.isLost = this.isRefused = false;
  }

  static async reachable() {
    try {
      /** @type {RequestInit} */
      const options = { cache: 'no-store', signal: AbortSignal.timeout(Server.PATIENCE) };
      return (await fetch('manifest.json', options)).status < 500; // 5xx: a proxy before nothing
    } catch {
      return false;
    }
  }
}

Server.PATIENCE = 2500; // ms; the first answer takes longer, since the model is loaded for it
Server.GIVE_UP = 20000; // ms until a request counts as lost and is sent again
Server.SILENCES = 2; // requests given up in a row until the server seems to refuse
