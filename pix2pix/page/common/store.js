/** @typedef {'drawings' | 'stickers' | 'scenes'} Kind */

/**
 * What is kept in this browser: IndexedDB by promises, opened when first asked for.
 *
 * Every record has a text `id`. A promise is rejected with the browser's own error where storage
 * is full or not allowed; nothing that was kept before is touched then.
 */
export const Store = {
  NAME: 'i-canvas',
  VERSION: 1,
  KINDS: /** @type {const} */ (['drawings', 'stickers', 'scenes']),
  /** @type {Promise<IDBDatabase> | null} */
  opening: null,

  open() {
    if (Store.opening) return Store.opening;
    /** @type {Promise<IDBDatabase>} */
    const opening = new Promise((resolve, reject) => {
      const request = indexedDB.open(Store.NAME, Store.VERSION);
      request.onupgradeneeded = () => {
        const known = request.result.objectStoreNames;
        for (const kind of Store.KINDS.filter((kind) => !known.contains(kind))) {
          request.result.createObjectStore(kind, { keyPath: 'id' });
        }
      };
      request.onsuccess = () => {
        const forget = () => (Store.opening = null);
        // A newer page in another tab must not wait for this one.
        request.result.onversionchange = () => {
          request.result.close();
          forget(); // what is kept next opens it again
        };
        request.result.onclose = forget;
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    opening.catch(() => (Store.opening = null));
    Store.opening = opening;
    return opening;
  },

  /**
   * Runs `work` as one transaction; resolves with its result when it is on disk.
   *
   * @param {Kind} kind
   * @param {IDBTransactionMode} mode
   * @param {(records: IDBObjectStore) => {result: any}} work
   * @returns {Promise<any>}
   */
  async run(kind, mode, work) {
    const database = await Store.open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(kind, mode);
      const asked = work(transaction.objectStore(kind));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
    });
  },

  /**
   * @param {Kind} kind
   * @param {object} record
   */
  put(kind, record) {
    return Store.run(kind, 'readwrite', (records) => records.put(record));
  },

  /**
   * @param {Kind} kind
   * @param {string} id
   */
  get(kind, id) {
    return Store.run(kind, 'readonly', (records) => records.get(id));
  },

  /** @param {Kind} kind */
  all(kind) {
    return Store.run(kind, 'readonly', (records) => records.getAll());
  },

  /** @param {Kind} kind */
  count(kind) {
    return Store.run(kind, 'readonly', (records) => records.count());
  },

  /**
   * @param {Kind} kind
   * @param {string} id
   */
  remove(kind, id) {
    return Store.run(kind, 'readwrite', (records) => records.delete(id));
  },

  /**
   * Reads and writes in one go, so that no other tab comes in between.
   *
   * @param {Kind} kind
   * @param {string} id
   * @param {(before: any) => object | null} alter returns what shall be there
   * @returns {Promise<any>} what is there now, or null if nothing was written
   */
  change(kind, id, alter) {
    /** @type {{result: object | null}} */
    const outcome = { result: null };
    return Store.run(kind, 'readwrite', (records) => {
      const asked = records.get(id);
      asked.onsuccess = () => {
        outcome.result = alter(asked.result);
        if (outcome.result) records.put(outcome.result);
      };
      return outcome;
    });
  },

  /** Free bytes; null where the browser does not tell. */
  async freeBytes() {
    const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
    return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
  },

  /** Asks the browser not to clear this away by itself. */
  persist() {
    return navigator.storage?.persist?.().catch(() => false);
  },

  /**
   * The key of the sentence for what went wrong.
   * @param {any} error
   */
  problem(error) {
    return error?.name === 'QuotaExceededError' ? 'error_storage_full' : 'error_storage_blocked';
  },
};
