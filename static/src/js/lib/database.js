/** IndexedDB with promises: requests, and transactions that resolve when they are complete. */

/** The result of one request; rejects with its error. */
export function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Run `work(store, ...)` with the named object stores in one transaction; resolves to what it answers, once
 * everything is written. `work` may only await requests of this transaction.
 */
export function transact(database, names, mode, work) {
  const transaction = database.transaction(names, mode, { durability: "relaxed" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new DOMException("Not written.", "AbortError"));
  });
  const worked = work(...names.map((name) => transaction.objectStore(name)));
  return Promise.all([worked, done]).then(([result]) => result);
}

/** Open a database, making its object stores where `upgrade(database)` is needed. */
export function openDatabase(factory, name, version, upgrade) {
  const request = factory.open(name, version);
  request.onupgradeneeded = () => upgrade(request.result);
  return answer(request);
}

/** One database of this origin: opened when it is first needed, and again after the browser closed it. */
export class Database {
  #opening = null;

  /** `upgrade(database)` makes the object stores; an answer that takes longer than `patienceMs` is an error. */
  constructor({ name, version, upgrade, patienceMs, factory = globalThis.indexedDB }) {
    Object.assign(this, { name, version, upgrade, patienceMs, factory });
  }

  /** Like `transact`, on this database. Rejects with the browser's own error. */
  in(names, mode, work, patienceMs = this.patienceMs) {
    const done = this.#open().then((database) => transact(database, names, mode, work));
    return Promise.race([done, tooLate(patienceMs)]);
  }

  #open() {
    this.#opening ??= this.#opened().catch((error) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  /** Another version of the page may need the database for itself, and the browser may close it. */
  async #opened() {
    const database = await openDatabase(this.factory, this.name, this.version, this.upgrade);
    const forget = () => {
      this.#opening = null;
    };
    database.onversionchange = () => {
      database.close();
      forget();
    };
    database.onclose = forget;
    return database;
  }
}

/** A database that another page blocks answers never; nobody can wait for it. */
function tooLate(ms) {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new DOMException("The database does not answer.", "TimeoutError")), ms);
  });
}
