/**
 * The files of a site by their path, each with a hash of its content. Those `later` are stored when
 * the page says so, and those of `few` browsers when they are first asked for; all others before it is
 * said to work without a network.
 *
 * @typedef {{files: Object<string, string>, later: string[], few: string[]}} Contents
 */

/**
 * What is used of the service worker's scope and events.
 *
 * @typedef {{waitUntil(work: Promise<unknown>): void}} Lasting
 * @typedef {Lasting & {request: Request, respondWith(answer: Promise<Response>): void}} Asked
 * @typedef {object} Scope
 * @property {{scope: string}} registration
 * @property {{claim(): Promise<void>}} clients
 * @property {(name: string, listener: (event: any) => void) => void} addEventListener
 */

/**
 * Keeps the files of the site, and answers from them. A newer site has another list: what has changed
 * is stored beside what is there, and takes its place once no page of the older one is open.
 */
export class FileStore {
  /**
   * @param {string} address of the site
   * @param {Contents} contents
   */
  constructor(address, { files, later, few }) {
    this.address = address;
    this.files = files;
    this.later = later;
    this.few = few;
  }

  /** @param {Scope} scope */
  listen(scope) {
    scope.addEventListener('install', (/** @type {Lasting} */ event) => {
      event.waitUntil(this.store(Object.keys(this.files).filter((path) => this.isNeeded(path))));
    });
    scope.addEventListener('activate', (/** @type {Lasting} */ event) => {
      event.waitUntil(this.tidy().then(() => scope.clients.claim()));
    });
    scope.addEventListener('message', (/** @type {Lasting} */ event) => {
      event.waitUntil(this.store(this.later));
    });
    scope.addEventListener('fetch', (/** @type {Asked} */ event) => {
      const path = this.path(event.request);
      if (path !== null) event.respondWith(this.answer(path));
    });
  }

  /**
   * @param {Pick<Request, 'method' | 'url'>} request
   * @returns {string | null} null if it is for no file of the site
   */
  path({ method, url }) {
    const [address] = url.split(/[?#]/, 1);
    if (method !== 'GET' || !address.startsWith(this.address)) return null;
    const path = address.slice(this.address.length) || 'index.html';
    return Object.hasOwn(this.files, path) ? path : null;
  }

  /** @param {string} path */
  async answer(path) {
    const cache = await caches.open(FileStore.CACHE);
    return (await cache.match(this.key(path))) ?? this.fetched(cache, path);
  }

  /** @param {string} path */
  isNeeded(path) {
    return !this.later.includes(path) && !this.few.includes(path);
  }

  /** @param {string[]} paths */
  async store(paths) {
    const cache = await caches.open(FileStore.CACHE);
    for (const path of paths) {
      if (!(await cache.match(this.key(path)))) await this.fetched(cache, path);
    }
  }

  /**
   * @param {Cache} cache
   * @param {string} path
   */
  async fetched(cache, path) {
    const answer = await fetch(this.address + path, { cache: 'no-cache' });
    if (answer.ok) await cache.put(this.key(path), answer.clone());
    else if (this.isNeeded(path)) throw new Error(`${path} is missing.`);
    return answer;
  }

  /** Removes what only an older site had. */
  async tidy() {
    const cache = await caches.open(FileStore.CACHE);
    const mine = new Set(Object.keys(this.files).map((path) => this.key(path)));
    for (const { url } of await cache.keys()) {
      if (!mine.has(url)) await cache.delete(url);
    }
  }

  /** @param {string} path */
  key(path) {
    return `${this.address}${path}?${this.files[path]}`;
  }
}

FileStore.CACHE = 'i-canvas-site';
