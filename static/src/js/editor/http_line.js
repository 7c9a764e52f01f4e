/** Speaks like the socket and asks over HTTP: for texts that nobody has open, and where no socket gets through. */

export class HttpLine {
  connected = true;

  /** `hear(message)` takes the answers. */
  constructor({ http, hear, lost }) {
    Object.assign(this, { http, hear, lost });
  }

  send(message) {
    if (!this.connected) return false;
    this.#sends[message.type]?.(message);
    return true;
  }

  #sends = {
    pull: ({ v }) => this.#answer(this.#pull(v)),
    push: (message) => this.#answer(this.#push(message)),
  };

  async #answer(asked) {
    const message = await asked.catch(() => null);
    if (message) return this.hear(message);
    this.connected = false;
    return this.lost();
  }

  async #pull(v) {
    return { type: "steps", ...(await this.http.stepsSince(v)), v };
  }

  async #push({ rid, v, client, steps }) {
    try {
      return { type: "ack", rid, v: await this.http.push({ v, client, steps }) };
    } catch (error) {
      if (error.code === "stale") return { type: "stale", rid, v: error.detail.v };
      if (error.isFinal) return { type: "reject", rid, code: error.code, message: error.message };
      throw error;
    }
  }
}
