/** The end of a take: asked for when the server has every byte, asked again on every new connection. */

import { sendCopy } from "./copy_upload.js";
import { needsCopy } from "./take_entry.js";

const COPY_AGAIN_MS = 5_000;
const STOP_MS = 60_000;

export class TakeEnd {
  #ending = null;
  #isAsked = false;
  #failure = null;

  constructor({ take, store, outbox, link, scope, uploadCopy = sendCopy }) {
    Object.assign(this, { take, store, outbox, link, scope, uploadCopy });
  }

  /** Resolves to what `stopped` got, rejects with what `fail` got. */
  wanted() {
    this.#ending ??= promise();
    if (this.#failure) this.#ending.reject(this.#failure);
    this.ask();
    return this.#ending.promise;
  }

  /** A new connection does not know what was asked on the one before. */
  forget() {
    this.#isAsked = false;
    this.#failure = null;
  }

  /** Ask now if it is wanted, not yet asked, and everything is there. */
  async ask() {
    if (!this.#ending || this.#isAsked || !this.outbox.isDelivered) return;
    this.#isAsked = true;
    if (await this.#copyIsThere()) this.#send();
    else this.#later();
  }

  stopped({ transcript, url }) {
    this.#ending?.resolve({ transcript, url });
  }

  /** The server will not end it, `reason` says why; unless a new connection comes. */
  fail(reason) {
    this.#failure = reason;
    this.#ending?.reject(reason);
  }

  #send() {
    this.link.send({ type: "stop", bytes: this.outbox.captured });
    this.scope.after(STOP_MS, () => this.#isAsked && this.link.drop());
  }

  #later() {
    this.#isAsked = false;
    this.scope.after(COPY_AGAIN_MS, () => this.ask());
  }

  async #copyIsThere() {
    if (!needsCopy(this.take)) return true;
    try {
      await this.uploadCopy(this.store, this.take);
      return true;
    } catch {
      return false;
    }
  }
}

/** A promise that is settled from outside; nobody may be waiting for it. */
function promise() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  made.promise.catch(() => {});
  return made;
}
