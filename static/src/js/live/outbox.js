/**
 * Which bytes of a take go over the socket next. Pure: it knows neither sockets nor databases.
 *
 * Everything is an offset in bytes: `captured` >= `sent` >= `written` on an open connection; `durable` is what
 * survives a power cut of the server and need not be kept here any more; `stored` is what the browser's own
 * database holds. What is not stored stays in memory whatever it costs; of the rest, half a minute.
 */

const MEMORY_BYTES = 960_000;
const WINDOW_BYTES = 1_000_000;
const PIECE_BYTES = 32_768;

export class Outbox {
  #frames = [];
  #memory = 0;
  #recalled = null;
  #isOpen = false;
  #answeredGap = null;

  constructor({ captured = 0, durable = 0, memoryBytes = MEMORY_BYTES, windowBytes = WINDOW_BYTES } = {}) {
    Object.assign(this, { captured, durable, memoryBytes, windowBytes });
    this.stored = captured;
    this.sent = this.written = Math.min(durable, captured);
  }

  /** Bytes on their way: sent over this connection and not acknowledged. */
  get underway() {
    return this.#isOpen ? this.sent - this.written : 0;
  }

  /** The server has everything, in a file that outlives its process. */
  get isDelivered() {
    return this.#isOpen && this.written >= this.captured;
  }

  get memory() {
    return this.#memory;
  }

  /** Take newly captured bytes (Uint8Array) in; answers their offset. */
  add(bytes, voiced = false) {
    const offset = this.captured;
    this.#frames.push({ offset, bytes, voiced });
    this.#memory += bytes.length;
    this.captured += bytes.length;
    this.#trim();
    return offset;
  }

  /** The browser's database holds everything below `offset`. */
  keepsBelow(offset) {
    this.stored = Math.max(this.stored, offset);
    this.#trim();
  }

  /** A connection is there; the server has `offset` bytes. More than was captured: another recorder went on. */
  hello(offset) {
    this.#isOpen = true;
    this.#answeredGap = null;
    if (offset > this.captured) this.#jump(offset);
    this.sent = this.written = offset;
    this.durable = Math.min(this.durable, offset);
  }

  lost() {
    this.#isOpen = false;
    this.#recalled = null;
  }

  ack({ written, durable }) {
    this.written = Math.max(this.written, Math.min(written, this.captured));
    this.sent = Math.max(this.sent, this.written);
    this.durable = Math.max(this.durable, Math.min(durable, this.captured));
    this.#trim();
  }

  /** Go back. All frames underway are answered with the same gap; going back once is enough. */
  gap(offset) {
    if (this.#answeredGap === offset && this.written <= offset) return;
    this.#answeredGap = offset;
    this.sent = Math.min(offset, this.captured);
    this.written = Math.min(this.written, this.sent);
  }

  /**
   * What goes next, at most up to `limit`: `{offset, bytes, voiced}`; null when nothing may go now;
   * `{missing: {from, to}}` for bytes not in memory, to be given to `recall` first.
   */
  next(limit = this.captured) {
    const end = Math.min(limit, this.captured, this.written + this.windowBytes);
    if (!this.#isOpen || this.sent >= end) return null;
    const frame = this.#frameAt(this.sent);
    return frame
      ? this.#pieceOf(frame, end)
      : { missing: { from: this.sent, to: this.#heldFrom(this.sent) } };
  }

  /** Bytes read back for `next`; of no use any more when the connection was lost meanwhile. */
  recall(offset, bytes, voiced = false) {
    this.#recalled = { offset, bytes, voiced };
  }

  #pieceOf({ offset, bytes, voiced }, end) {
    const first = this.sent - offset;
    const piece = bytes.subarray(first, Math.min(first + PIECE_BYTES, bytes.length, end - offset));
    const made = { offset: this.sent, bytes: piece, voiced };
    this.sent += piece.length;
    return made;
  }

  #frameAt(offset) {
    const holds = (frame) => frame && frame.offset <= offset && offset < endOf(frame);
    const held = this.#frames[this.#indexAt(offset)];
    if (holds(held)) return held;
    return holds(this.#recalled) ? this.#recalled : null;
  }

  /** The last frame that begins at or before `offset`, by halving; -1 where none does. */
  #indexAt(offset) {
    let [low, high] = [0, this.#frames.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#frames[middle].offset <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #heldFrom(offset) {
    return this.#frames[this.#indexAt(offset) + 1]?.offset ?? this.captured;
  }

  #jump(offset) {
    this.#frames = [];
    this.#memory = 0;
    this.captured = this.stored = offset;
  }

  #trim() {
    let count = 0;
    let memory = this.#memory;
    for (const frame of this.#frames) {
      const isSpare = memory > this.memoryBytes && endOf(frame) <= this.stored;
      if (endOf(frame) > this.durable && !isSpare) break;
      memory -= frame.bytes.length;
      count += 1;
    }
    if (count) this.#frames.splice(0, count);
    this.#memory = memory;
  }
}

const endOf = ({ offset, bytes }) => offset + bytes.length;
