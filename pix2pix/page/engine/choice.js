import { isMadeHere } from './wish.js';

/** @import { Wish } from './wish.js' */
/** @import { Done } from './engine.js' */

/** @typedef {{send(wish: Wish): void, prepare(domain: string): void, stop(): void}} Painter */

/**
 * Sends each request to who shall answer it: the server, or the engine in the browser. Unless one of
 * them is wanted, the server draws until it proves slow; then the engine, which has to be loaded for
 * it, draws the same drawing, and goes on with all others if that was quicker.
 */
export class Choice {
  /**
   * @param {object} uses
   * @param {(wish: Wish) => void} uses.server
   * @param {(answered: (answer: Done) => void) => Painter} uses.engine makes one
   * @param {(answer: Done) => void} uses.answer takes the engine's answers
   * @param {string[]} uses.domains that the engine can draw
   * @param {() => string} uses.wanted 'server', 'browser' or 'auto'
   * @param {boolean} uses.isSteady whether the engine may be used where nobody asked for it
   * @param {() => number} [uses.now]
   */
  constructor({ server, engine, answer, domains, wanted, isSteady, now }) {
    this.server = server;
    this.make = engine;
    this.answer = answer;
    this.domains = domains;
    this.wanted = wanted;
    this.isSteady = isSteady;
    this.now = now ?? (() => performance.now());
    /** @type {Painter | null} */
    this.engine = null;
    /** @type {'untried' | 'tried' | 'quicker' | 'slower' | 'broken'} */
    this.found = 'untried';
    /** @type {{wish: Wish, since: number} | null} what the server draws now */
    this.drawing = null;
    /** @type {Map<number, Wish>} what the engine was sent */
    this.sent = new Map();
    /** @type {number[]} ms that the server's latest pictures took */
    this.times = [];
    this.begun = 0; // of the trial's picture that counts
  }

  /** A picture of the engine may wait until it is loaded. */
  get patience() {
    return [...this.sent.keys()].some((id) => id > 0) ? Infinity : undefined;
  }

  /** @param {any} wish */
  send(wish) {
    if (this.isForEngine(wish)) return this.ask(wish);
    this.drawing = wish.kind === 'draw' && !wish.size ? { wish, since: this.now() } : null;
    this.server(wish);
  }

  /** @param {Pick<Wish, 'kind' | 'domain'>} wish */
  isForEngine({ kind, domain }) {
    if (this.found === 'broken' || !isMadeHere(kind) || !this.domains.includes(domain))
      return false;
    const wanted = this.wanted();
    return wanted === 'browser' || (wanted === 'auto' && this.found === 'quicker');
  }

  /**
   * Nothing is drawn yet: an engine that will be asked may get ready.
   * @param {string} domain
   */
  prepare(domain) {
    if (this.isForEngine({ kind: 'draw', domain })) this.made.prepare(domain);
  }

  get made() {
    this.engine ??= this.make((answer) => this.drawn(answer));
    return this.engine;
  }

  /** @param {Wish} wish */
  ask(wish) {
    this.sent.set(wish.id, wish);
    this.made.send(wish);
  }

  /**
   * The page has an answer: if it is the server's to a drawing, the time is taken.
   * @param {Done | null | undefined} answer
   */
  heard(answer) {
    const { drawing } = this;
    if (!drawing || answer?.id !== drawing.wish.id) return;
    this.drawing = null;
    if (answer.error) return;
    this.times = [...this.times.slice(1 - Choice.TAKEN), this.now() - drawing.since];
    if (this.isSlow && this.mayTry(drawing.wish)) this.try(drawing.wish);
  }

  get isSlow() {
    return this.times.length === Choice.TAKEN && this.usual > Choice.QUICK;
  }

  /** The median of the server's times. */
  get usual() {
    return [...this.times].sort((a, b) => a - b)[this.times.length >> 1];
  }

  /** @param {Wish} wish */
  mayTry({ domain }) {
    const { found, isSteady, domains } = this;
    return found === 'untried' && isSteady && this.wanted() === 'auto' && domains.includes(domain);
  }

  /**
   * Draws twice, as what is loaded with the first picture is there for all others.
   * @param {Wish} wish
   */
  try(wish) {
    this.found = 'tried';
    this.ask({ ...wish, id: Choice.FIRST });
  }

  /** @param {Done} answer of the engine */
  drawn(answer) {
    const wish = this.sent.get(answer.id);
    this.sent.delete(answer.id);
    if (answer.error?.code === 'engine_failed') this.found = 'broken';
    if (wish && answer.id < 0) this.tried(answer, wish);
    else if (wish && this.found === 'broken') this.server(wish);
    else this.answer(answer);
  }

  /**
   * @param {Done} answer
   * @param {Wish} wish
   */
  tried(answer, wish) {
    if (this.found === 'broken') return;
    if (answer.error) {
      this.found = 'slower';
    } else if (answer.id === Choice.FIRST) {
      this.begun = this.now();
      this.ask({ ...wish, id: Choice.SECOND });
    } else {
      this.found = this.now() - this.begun < this.usual ? 'quicker' : 'slower';
    }
    if (this.found === 'slower') this.letGo();
  }

  /** The engine takes memory; it is made again if somebody wants it all the same. */
  letGo() {
    this.engine?.stop();
    this.engine = null;
  }
}

Choice.TAKEN = 5; // pictures of the server by which it is judged
Choice.QUICK = 150; // ms; a server that answers so soon is worth no download
// Ids that no request of the page has.
Choice.FIRST = -1;
Choice.SECOND = -2;
