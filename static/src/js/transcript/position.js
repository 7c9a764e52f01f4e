/** Where somebody stopped listening, per transcript, in this browser. */

const END_MARGIN_MS = 3_000;
const keyOf = (code) => `voxweb:position:${code}`;

export class Position {
  constructor(code, storage) {
    this.key = keyOf(code);
    this.storage = storage;
  }

  /** Milliseconds, or 0. A recording heard to its end begins again at the start. */
  read(durationMs) {
    const saved = Number(this.#quietly(() => this.storage.getItem(this.key)) ?? 0);
    const isInside = saved > 0 && (!durationMs || saved < durationMs - END_MARGIN_MS);
    return isInside ? saved : 0;
  }

  write(ms) {
    this.#quietly(() => this.storage.setItem(this.key, String(Math.round(ms))));
  }

  /** Storage may be full or forbidden; then the position is simply not remembered. */
  #quietly(access) {
    try {
      return access();
    } catch {
      return null;
    }
  }
}
