/** A stretch of the recording that is played once or over and over, and what to do at each moment of it. */

/** Shorter ones cannot be heard, and would make the player jump at every frame. */
const SHORTEST_MS = 200;

export class PlayedSpan {
  constructor(fromMs, toMs, { repeats = false } = {}) {
    this.fromMs = Math.max(0, fromMs);
    this.toMs = Math.max(toMs, this.fromMs + SHORTEST_MS);
    this.repeats = repeats;
  }

  covers(ms) {
    return ms >= this.fromMs - 1 && ms < this.toMs;
  }

  /** "on", "again" or "stop". A moment before the start is on its way into the span. */
  at(ms) {
    if (ms < this.toMs) return "on";
    return this.repeats ? "again" : "stop";
  }

  equals(other) {
    return Boolean(other) && this.fromMs === other.fromMs && this.toMs === other.toMs;
  }
}
