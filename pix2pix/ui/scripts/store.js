/** What this browser keeps: a database with drawings, stickers and scenes, each known by its id. */
const Store = {
  NAME: 'i-canvas',
  VERSION: 1,
  STORES: ['drawings', 'stickers', 'scenes'],

  /** An id that sorts by time; `crypto.randomUUID` is missing on plain http. */
  id() {
    return Date.now().toString(36) + '-' + Math.random().toString(36).slice(2, 8);
  },

  put: (store, value) => Store.run(store, 'readwrite', (each) => each.put(value)),
  get: (store, id) => Store.run(store, 'readonly', (each) => each.get(id)),
  remove: (store, id) => Store.run(store, 'readwrite', (each) => each.delete(id)),

  /** All there are, the oldest first. */
  all: (store) => Store.run(store, 'readonly', (each) => each.getAll()),

  /** Resolves when it is on the disk; rejects where storage is full or not allowed. */
  async run(store, mode, act) {
    const database = await (Store.opened ??= Store.open());
    const transaction = database.transaction(store, mode);
    const request = act(transaction.objectStore(store));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  },

  open() {
    const request = indexedDB.open(Store.NAME, Store.VERSION);
    request.onupgradeneeded = () => {
      for (const name of Store.STORES) request.result.createObjectStore(name, { keyPath: 'id' });
    };
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => {
        Store.opened = undefined; // the next one tries again
        reject(request.error);
      };
    });
  },
};
