/** Which line (segment) belongs to a moment. Lines are `{key, startMs, endMs}` in reading order. */

import { lastAtOrBefore } from "./words.js";

/** How many overlapping lines are looked at before the nearest one wins. */
const OVERLAP_REACH = 8;

export class Lines {
  #byKey = null;

  constructor(lines) {
    this.inTime = lines.toSorted((one, other) => one.startMs - other.startMs);
    this.starts = Float64Array.from(this.inTime, (line) => line.startMs);
  }

  get length() {
    return this.inTime.length;
  }

  /** Up to where anything is said. */
  get endMs() {
    return this.inTime.at(-1)?.endMs ?? 0;
  }

  /** The line with this key, or null. */
  ofKey(key) {
    this.#byKey ??= new Map(this.inTime.map((line) => [line.key, line]));
    return this.#byKey.get(key) ?? null;
  }

  /** The line that sounds at `ms`; in a pause, the one that sounded last; before the first one, null. */
  at(ms) {
    const last = lastAtOrBefore(this.starts, ms);
    for (let index = last; index >= 0 && index > last - OVERLAP_REACH; index -= 1) {
      if (ms < this.inTime[index].endMs) return this.inTime[index];
    }
    return this.inTime[last] ?? null;
  }

  /** The line `step` places before or after the one at `ms`, kept inside the text; null without text. */
  beside(ms, step) {
    const index = lastAtOrBefore(this.starts, ms) + step;
    return this.inTime[Math.min(Math.max(index, 0), this.inTime.length - 1)] ?? null;
  }

  /** Lines that touch the span, for drawing. */
  between(fromMs, toMs) {
    const first = Math.max(0, lastAtOrBefore(this.starts, fromMs) - OVERLAP_REACH);
    const behind = lastAtOrBefore(this.starts, toMs) + 1;
    return this.inTime.slice(first, behind).filter((line) => line.endMs > fromMs);
  }
}
