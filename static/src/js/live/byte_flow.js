/** Brings the bytes of a take onto the socket in their order, with pause and resume in their places. */

import { Controls } from "./controls.js";
import { frameOf, LAST, VOICE } from "./frame.js";

const SILENCE_BYTES = 1_000_000;
const AGAIN_MS = 1_000;

export class ByteFlow {
  #controls = new Controls();
  #epoch = 0;
  #seq = 0;
  #isFlowing = false;
  #flowsAgain = false;

  /** `onIdle()` whenever nothing more can be sent for now. */
  constructor({ take, outbox, link, store, scope, onIdle }) {
    Object.assign(this, { take, outbox, link, store, scope, onIdle });
  }

  /** `type` ("pause", "resume") happened after everything captured so far. */
  control(type) {
    this.#controls.add(type, this.outbox.captured);
    this.go();
  }

  hello({ offset, epoch }) {
    this.#epoch = epoch;
    this.#seq = 0;
    this.outbox.hello(offset);
    this.#controls.hello(offset);
  }

  /** Send whatever may go now. Called again while it waits for the database, it goes on afterwards. */
  async go() {
    this.#flowsAgain = true;
    if (this.#isFlowing) return;
    this.#isFlowing = true;
    while (this.#flowsAgain) {
      this.#flowsAgain = false;
      await this.#sendAll();
    }
    this.#isFlowing = false;
    this.onIdle();
  }

  async #sendAll() {
    for (let piece = this.#next(); piece; piece = this.#next()) {
      if (!piece.missing) this.#send(piece);
      else if (!(await this.#readBack(piece.missing))) return;
    }
  }

  #next() {
    for (const control of this.#controls.due(this.outbox.sent)) this.link.send(control);
    return this.outbox.next(this.#controls.limit);
  }

  #send({ offset, bytes, voiced }) {
    const isLast = this.take.stopWanted && this.outbox.sent === this.outbox.captured;
    const flags = (voiced ? VOICE : 0) | (isLast ? LAST : 0);
    this.link.send(frameOf({ flags, epoch: this.#epoch, seq: this.#seq++, offset, bytes }));
    this.link.awaitsAck(true);
  }

  /** Bring bytes that left the memory back from the database; true when sending can go on. */
  async #readBack(missing) {
    try {
      const { offset, bytes, voiced } = await this.#found(missing);
      this.outbox.recall(offset, bytes, voiced);
      return !this.scope.closed;
    } catch {
      this.scope.after(AGAIN_MS, () => this.go());
      return false;
    }
  }

  /** Sound that is nowhere any more becomes silence, so that all that follows stays at its time. */
  async #found({ from, to }) {
    const found = await this.store.soundAt(this.take.id, from);
    if (found) return found;
    const next = (await this.store.soundAfter(this.take.id, from)) ?? to;
    this.take.hasGaps = true;
    return {
      offset: from,
      bytes: new Uint8Array(Math.min(next, to, from + SILENCE_BYTES) - from),
      voiced: false,
    };
  }
}
