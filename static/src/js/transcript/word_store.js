/**
 * Word tables, fetched one window of the recording at a time.
 *
 * `fetchWords(fromMs, toMs)` resolves to `{segmentKey: rows}`. A window is asked for once; one that failed is
 * asked for again no sooner than `RETRY_MS` later, so that a dead server is not hammered at 60 Hz.
 */

import { decodeWords } from "./words.js";

export const WINDOW_MS = 60_000;
export const PREFETCH_MS = 10_000;
const RETRY_MS = 5_000;

export class WordStore {
  #windows = new Map();
  #rows = new Map();
  #tables = new Map();

  constructor(fetchWords, now = () => Date.now()) {
    this.fetchWords = fetchWords;
    this.now = now;
  }

  /** Forget everything: the text has changed. */
  clear() {
    this.#windows = new Map();
    this.#rows.clear();
    this.#tables.clear();
  }

  /** Load what is missing of a span. Resolves when it is there or has failed; never rejects. */
  ensure(fromMs, toMs) {
    const waits = [];
    const last = Math.floor(Math.max(fromMs, toMs) / WINDOW_MS);
    for (let index = Math.floor(Math.max(0, fromMs) / WINDOW_MS); index <= last; index += 1) {
      waits.push(this.#window(index));
    }
    return Promise.all(waits);
  }

  /** The decoded table of a line, or null while its words are not loaded. */
  tableOf(line) {
    const known = this.#tables.get(line.key);
    const rows = this.#rows.get(line.key);
    if (known || !rows) return known ?? null;
    const table = decodeWords(rows, line.startMs, line.text);
    this.#tables.set(line.key, table);
    return table;
  }

  #window(index) {
    const known = this.#windows.get(index);
    if (known && !(known.failedAt && this.now() - known.failedAt > RETRY_MS)) return known.promise;
    const fresh = { failedAt: 0, promise: null };
    fresh.promise = this.#load(index, fresh, this.#windows);
    this.#windows.set(index, fresh);
    return fresh.promise;
  }

  async #load(index, window, generation) {
    try {
      const found = await this.fetchWords(index * WINDOW_MS, (index + 1) * WINDOW_MS);
      if (generation !== this.#windows) return;
      for (const [key, rows] of Object.entries(found)) this.#rows.set(key, rows);
    } catch {
      window.failedAt = this.now();
    }
  }
}
