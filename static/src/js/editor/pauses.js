/** The pauses of a recording, asked for once, when somebody first reaches for an edge. */

import { lastAtOrBefore } from "../transcript/words.js";

export class Pauses {
  #pauses = [];
  #ends = new Float64Array(0);
  #asked = null;

  /** `fetchPauses()` resolves to `[[fromMs, toMs], …]` in the order of time. */
  constructor(fetchPauses) {
    this.fetchPauses = fetchPauses;
  }

  /** Resolves when they are here. Without them edges still snap to words and neighbours. */
  load() {
    this.#asked ??= this.#load();
    return this.#asked;
  }

  async #load() {
    try {
      this.#pauses = await this.fetchPauses();
      this.#ends = Float64Array.from(this.#pauses, ([, toMs]) => toMs);
    } catch {
      this.#asked = null;
    }
  }

  /** Those that touch the span. */
  between(fromMs, toMs) {
    const found = [];
    for (let index = lastAtOrBefore(this.#ends, fromMs - 1) + 1; index < this.#pauses.length; index += 1) {
      if (this.#pauses[index][0] > toMs) break;
      found.push(this.#pauses[index]);
    }
    return found;
  }
}
