/** Marks the server has not confirmed yet: kept in this browser, told again after every new connection. */

export class MarkBook {
  #waiting = new Map();
  #known = new Map();

  /** `send(message)` may find no connection: then `sendAll` comes later. */
  constructor({ store, id, send }) {
    Object.assign(this, { store, id, send });
  }

  get isEmpty() {
    return this.#waiting.size === 0;
  }

  /** Read the marks an earlier visit left behind. */
  async load() {
    for (const mark of await this.store.marks(this.id).catch(() => [])) {
      if (!this.#waiting.has(mark.key)) this.#waiting.set(mark.key, { mark, sent: 0 });
    }
  }

  /** Set a mark, or give it another note. */
  put(mark) {
    const kept = { mark, sent: this.#waiting.get(mark.key)?.sent ?? 0 };
    this.#waiting.set(mark.key, kept);
    this.#known.set(mark.key, mark);
    this.store.putMark(this.id, mark).catch(() => {});
    this.#tell(kept);
  }

  /** Another note for a mark of this take, whether or not the server has confirmed it. */
  note(key, note) {
    const known = this.#known.get(key);
    if (known) this.put({ ...known, note });
  }

  sendAll() {
    for (const kept of this.#waiting.values()) {
      kept.sent = 0;
      this.#tell(kept);
    }
  }

  /** The server has stored one message with this key; a later note may still be on its way. */
  async marked(key) {
    const kept = this.#waiting.get(key);
    if (!kept) return;
    kept.sent -= 1;
    if (kept.sent > 0) return;
    this.#waiting.delete(key);
    await this.store.dropMark(this.id, key).catch(() => {});
  }

  #tell(kept) {
    if (this.send({ type: "mark", ...kept.mark })) kept.sent += 1;
  }
}
