const WINDOW_MS = 8000;

/** How fast bytes go up, over the last few seconds; times are milliseconds of any one clock. */
export class Rate {
  #points = [];

  add(bytes, nowMs) {
    this.#points.push({ bytes, nowMs });
    while (this.#points.length > 2 && nowMs - this.#points[0].nowMs > WINDOW_MS) this.#points.shift();
  }

  /** After a pause the old points say nothing. */
  reset() {
    this.#points = [];
  }

  /** Bytes a second, or null before there is anything to say. */
  get bytesPerSecond() {
    const first = this.#points[0];
    const last = this.#points.at(-1);
    const span = last ? last.nowMs - first.nowMs : 0;
    return span < 500 ? null : Math.max(0, ((last.bytes - first.bytes) * 1000) / span);
  }

  /** Milliseconds until `bytes` more are through, or null. */
  remainingMs(bytes) {
    const speed = this.bytesPerSecond;
    return speed ? (bytes / speed) * 1000 : null;
  }
}
