/**
 * Pause and resume in their place between the bytes of a take. Pure.
 *
 * The server learns of a pause when it has everything that was said before it. It never says that it knows
 * of one, so after a new connection the last one is told again, and all that it cannot know yet.
 */
export class Controls {
  #all = [];
  #untold = 0;

  /** `type` happened after `offset` bytes. */
  add(type, offset) {
    this.#all.push({ type, offset });
  }

  /** The server has `offset` bytes, on a new connection. */
  hello(offset) {
    const unknown = this.#all.findIndex((control) => control.offset > offset);
    const first = unknown < 0 ? this.#all.length : unknown;
    this.#all.splice(0, Math.max(0, first - 1));
    this.#untold = 0;
  }

  /** Bytes beyond this offset must wait for what `due` says. */
  get limit() {
    return this.#all[this.#untold]?.offset ?? Number.POSITIVE_INFINITY;
  }

  /** The messages that are to be sent now that `sent` bytes are on their way. */
  due(sent) {
    const first = this.#untold;
    while (this.limit <= sent) this.#untold += 1;
    return this.#all.slice(first, this.#untold).map(({ type, offset }) => ({ type, bytes: offset }));
  }
}
