/**
 * Word tables as the server knows them, fetched one window of the recording at a time.
 *
 * `fetchWords(fromMs, toMs)` resolves to `{segments: {key: rows}, starts: {key: ms}}`. A window is asked for once;
 * one that failed is asked for again no sooner than `RETRY_MS` later, so that a dead server is not hammered at 60 Hz.
 * Where the text was changed the server times its words anew: `outdate` has the window asked for once more.
 */

import { decodeWords } from "./words.js";

export const WINDOW_MS = 60_000;
export const PREFETCH_MS = 10_000;
const RETRY_MS = 5_000;
/** By then a change has been saved, unless there is no connection. */
export const SAVED_MS = 3_000;

const indexOf = (ms) => Math.floor(Math.max(0, ms) / WINDOW_MS);

export class WordStore {
  #windows = new Map();
  #words = new Map();
  #missed = new Set();
  /** When the text of a window was last changed, by its index. */
  #changed = new Map();
  /** Another number whenever other words are known. */
  revision = 0;

  constructor(fetchWords, now = () => Date.now()) {
    this.fetchWords = fetchWords;
    this.now = now;
  }

  /** Forget everything: the text is another one. */
  clear() {
    this.#windows = new Map();
    this.#words.clear();
    this.#missed.clear();
    this.#changed.clear();
    this.revision += 1;
  }

  /** The text at this moment is another one: what is known of its words holds until the server's answer is here. */
  outdate(ms) {
    this.#changed.set(indexOf(ms), this.now());
  }

  /** Load what is missing of a span. Resolves when it is there or has failed; never rejects. */
  ensure(fromMs, toMs) {
    const waits = [];
    const last = indexOf(Math.max(fromMs, toMs));
    for (let index = indexOf(fromMs); index <= last; index += 1) waits.push(this.#window(index));
    return Promise.all(waits);
  }

  /** A segment came after its window was loaded. Asks once for each; what people wrote themselves has no table. */
  ensureNew(key, startMs) {
    if (this.#words.has(key) || this.#missed.has(key) || !this.isLoaded(startMs)) return;
    this.#missed.add(key);
    this.#windows.delete(indexOf(startMs));
    this.ensure(startMs, startMs);
  }

  /** Whether the server has answered for this moment. */
  isLoaded(ms) {
    return this.#windows.get(indexOf(ms))?.isHere ?? false;
  }

  /** `[[start_ms, end_ms, "text"], ...]` of a segment, or null while they are not loaded. */
  wordsOf(key) {
    return this.#words.get(key) ?? null;
  }

  /** `[key, words]` of every loaded segment that has words in a span, also of those that are gone by now. */
  wordsBetween(fromMs, toMs) {
    const touches = ([, words]) => words.length && words[0][0] < toMs && words.at(-1)[1] >= fromMs;
    return [...this.#words].filter(touches);
  }

  #window(index) {
    const known = this.#windows.get(index);
    if (known?.isHere) this.#refresh(index, known);
    if (known && !(known.failedAt && this.now() - known.failedAt > RETRY_MS)) return known.promise;
    const fresh = { failedAt: 0, isHere: false, promise: null };
    fresh.promise = this.#load(index, fresh, this.#windows);
    this.#windows.set(index, fresh);
    return fresh.promise;
  }

  /** Nobody waits for it: until then the words are those that were known. */
  #refresh(index, window) {
    if (!(this.now() - this.#changed.get(index) >= SAVED_MS)) return;
    this.#changed.delete(index);
    this.#load(index, window, this.#windows);
  }

  async #load(index, window, generation) {
    try {
      const answer = await this.fetchWords(index * WINDOW_MS, (index + 1) * WINDOW_MS);
      if (generation !== this.#windows) return;
      this.#take(index, answer);
      window.isHere = true;
    } catch {
      if (window.isHere) this.outdate(index * WINDOW_MS);
      else window.failedAt = this.now();
    }
  }

  #take(index, { segments, starts }) {
    for (const [key, words] of this.#words) {
      const isGone = !(key in segments) && words.length && indexOf(words[0][0]) === index;
      if (isGone) this.#words.delete(key);
    }
    for (const [key, rows] of Object.entries(segments)) this.#words.set(key, decodeWords(rows, starts[key]));
    this.revision += 1;
  }
}
