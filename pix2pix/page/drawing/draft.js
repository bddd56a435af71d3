import { newId } from '../common/id.js';
import { whenIdle } from '../common/idle.js';

/**
 * The drawing in progress, so that it outlives a reload, a crash and a closed tab.
 *
 * The tab's own storage has it for a reload. A copy under a key of this page alone is for a new
 * tab: it takes the newest copy that no open page answers for, so two tabs never share one.
 */
export class Draft {
  constructor() {
    this.id = newId();
    this.before = null; // the page this one goes on from
    this.hasCopy = false;
    this.text = null;
    this.isDue = false;
    window.addEventListener('pagehide', () => this.flush());
    this.channel = new BroadcastChannel('i-canvas');
    this.channel.addEventListener('message', ({ data }) => {
      if (data === 'who') this.channel.postMessage({ open: this.id });
    });
  }

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

  /** Where there is no room, the oldest copies of pages that are gone make some. */
  write(text) {
    const key = Draft.COPY + this.id;
    try {
      localStorage.setItem(key, text);
    } catch {
      for (const old of Draft.copies().slice(1)) localStorage.removeItem(old.key);
      localStorage.setItem(key, text);
    }
  }

  /** What this tab drew before it was loaded again; null if nothing. */
  own() {
    try {
      const stored = JSON.parse(sessionStorage.getItem(Draft.KEY));
      this.before = stored?.page ?? null;
      return stored;
    } catch {
      return null;
    }
  }

  /** A new tab goes on with what a closed one was drawing, unless it has been drawn on already. */
  async rescue(app) {
    const found = await this.orphan();
    if (!found || !app.sketch.isEmpty || app.sketch.canUndo) return;
    this.before = found.page; // the copy goes when this page has stored its own
    app.sketch.restore(found.drawing);
    app.redraw();
    app.choose(app.domains.find(({ id }) => id === found.domain) ?? app.domain);
    this.flush(); // at once: the next new tab is to find the next drawing
  }

  /** The newest drawing of a page that is closed or has crashed; null if there is none. */
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
    const open = new Set();
    const listen = ({ data }) => data.open && open.add(data.open);
    this.channel.addEventListener('message', listen);
    this.channel.postMessage('who');
    await new Promise((resolve) => setTimeout(resolve, Draft.PATIENCE));
    this.channel.removeEventListener('message', listen);
    return open;
  }

  /** All copies, newest first. */
  static copies() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(Draft.COPY));
    const copies = keys.flatMap((key) => {
      try {
        const { page, at, domain, drawing } = JSON.parse(localStorage.getItem(key));
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
