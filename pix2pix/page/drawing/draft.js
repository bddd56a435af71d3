import { newId } from '../common/id.js';
import { whenIdle } from '../common/idle.js';

/** @import { Drawing, Sketch } from './sketch.js' */

/**
 * What is stored of a drawing in progress, and the same with its key in the browser's storage.
 *
 * @typedef {{page: string, at: number, domain: string, drawing: Drawing}} Stored
 * @typedef {Stored & {key: string}} Copy
 */

/**
 * The drawing in progress, so that it outlives a reload, a crash and a closed tab.
 *
 * The tab's own storage has it for a reload. A copy under a key of this page alone is for a new
 * tab: it takes the newest copy that no open page answers for, so two tabs never share one.
 */
export class Draft {
  constructor() {
    this.id = newId();
    /** @type {string | null} the page this one goes on from */
    this.before = null;
    this.hasCopy = false;
    /** @type {string | null} */
    this.text = null;
    this.isDue = false;
    window.addEventListener('pagehide', () => this.flush());
    this.channel = new BroadcastChannel('i-canvas');
    this.channel.addEventListener('message', ({ data }) => {
      if (data === 'who') this.channel.postMessage({ open: this.id });
    });
  }

  /**
   * @param {string} domain
   * @param {Sketch} sketch
   */
  store(domain, sketch) {
    const text = JSON.stringify({ page: this.id, at: Date.now(), domain, drawing: sketch });
    try {
      sessionStorage.setItem(Draft.KEY, text);
    } catch {
      // Not allowed or full: the copy is left.
    }
    this.text = sketch.isEmpty ? null : text;
    if (this.isDue) return;
    this.isDue = true;
    whenIdle(() => this.flush()); // it may take a while, and the next line has begun
  }

  flush() {
    if (!this.isDue) return;
    this.isDue = false;
    try {
      this.copy(this.text);
    } catch {
      // The same: then only the album has it.
    }
  }

  /** @param {string | null} text */
  copy(text) {
    if (text) {
      this.write(text);
      this.hasCopy = true;
    } else if (this.hasCopy) {
      localStorage.removeItem(Draft.COPY + this.id);
      this.hasCopy = false;
    }
    if (this.before) localStorage.removeItem(Draft.COPY + this.before);
  }

  /**
   * Where storage is full, the oldest copies of pages that are gone make room.
   * @param {string} text
   */
  write(text) {
    const key = Draft.COPY + this.id;
    try {
      localStorage.setItem(key, text);
    } catch {
      for (const old of Draft.copies().slice(1)) localStorage.removeItem(old.key);
      localStorage.setItem(key, text);
    }
  }

  /**
   * What this tab drew before it was loaded again; null if nothing.
   * @returns {Stored | null}
   */
  own() {
    try {
      const stored = JSON.parse(sessionStorage.getItem(Draft.KEY) ?? 'null');
      this.before = stored?.page ?? null;
      return stored;
    } catch {
      return null;
    }
  }

  /**
   * A new tab goes on with what a closed one was drawing, unless it has been drawn on already.
   * @param {() => boolean} isFree
   * @returns {Promise<Copy | null>}
   */
  async rescue(isFree) {
    const found = await this.orphan();
    if (!found || !isFree()) return null;
    this.before = found.page; // the copy goes when this page has stored its own
    return found;
  }

  /**
   * The newest drawing of a page that is closed or has crashed; null if there is none.
   * @returns {Promise<Copy | null>}
   */
  async orphan() {
    try {
      if (!Draft.copies().length) return null;
      const open = await this.openPages();
      return Draft.copies().find(({ page }) => page !== this.id && !open.has(page)) ?? null;
    } catch {
      return null; // storage is not allowed
    }
  }

  async openPages() {
    /** @type {Set<string>} */
    const open = new Set();
    /** @param {MessageEvent} message */
    const listen = ({ data }) => data.open && open.add(data.open);
    this.channel.addEventListener('message', listen);
    this.channel.postMessage('who');
    await new Promise((resolve) => setTimeout(resolve, Draft.PATIENCE));
    this.channel.removeEventListener('message', listen);
    return open;
  }

  /**
   * All copies, newest first.
   * @returns {Copy[]}
   */
  static copies() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(Draft.COPY));
    const copies = keys.flatMap((key) => {
      try {
        const { page, at, domain, drawing } = JSON.parse(localStorage.getItem(key) ?? 'null');
        return page && drawing ? [{ key, page, at, domain, drawing }] : [];
      } catch {
        return [];
      }
    });
    return copies.sort((a, b) => b.at - a.at);
  }
}

Draft.KEY = 'i-canvas';
Draft.COPY = 'i-canvas-draft-'; // and the page's own id
Draft.PATIENCE = 200; // ms that open pages have to say so
