/**
 * Brings sound into the browser's database in pieces of a quarter of a second, in order and without gaps.
 *
 * A piece that could not be written stays first in line, so what the database holds always ends earlier
 * instead of having a hole. Frames are the clock: timers of hidden pages sleep.
 */

const BATCH_BYTES = 8_000;
const BATCH_MS = 250;
const LARGEST_BYTES = 1_000_000;
const DROP_BYTES = 64_000;
const AGAIN_MS = 5_000;

export class TakeWriter {
  #waiting = [];
  #bytes = 0;
  #writing = null;
  #failedAt = null;
  #timer = null;
  #dropped = 0;

  /**
   * `take` is the entry written with every piece. `onStored(offset)` after each write, `onFailed(error)` once
   * until a write succeeds again.
   */
  constructor({ store, take, onStored, onFailed, now = () => performance.now() }) {
    Object.assign(this, { store, take, onStored, onFailed, now });
  }

  get isFailing() {
    return this.#failedAt !== null;
  }

  /** Take a frame `{offset, bytes, voiced}`; it is written within a quarter of a second. */
  add(frame) {
    this.#waiting.push(frame);
    this.#bytes += frame.bytes.length;
    if (this.#bytes >= BATCH_BYTES) this.#write();
    else this.#timer ??= setTimeout(() => this.#write(), BATCH_MS);
  }

  /** The server keeps everything below `durable` for certain: it need not be written, nor be kept. */
  async durable(durable) {
    if (!this.#writing) this.#forget((frame) => frame.offset + frame.bytes.length <= durable);
    if (durable - this.#dropped < DROP_BYTES) return;
    this.#dropped = durable;
    await this.store.dropBelow(this.take.id, durable).catch(() => {});
  }

  /** Write what waits, now. Resolves to whether all of it is in the database. */
  async flush() {
    await this.#writing;
    this.#failedAt = null;
    await this.#write();
    return !this.#waiting.length;
  }

  #write() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  async #writeAll() {
    while (this.#waiting.length && !this.#restsAfterFailure()) await this.#writeBatch();
  }

  #restsAfterFailure() {
    return this.#failedAt !== null && this.now() - this.#failedAt < AGAIN_MS;
  }

  async #writeBatch() {
    const batch = this.#batch();
    const end = batch.offset + batch.bytes.length;
    try {
      const captured = Math.max(end, this.take.durable);
      await this.store.addSound({ ...this.take, captured, savedAt: Date.now() }, batch);
    } catch (error) {
      return this.#failed(error);
    }
    this.#failedAt = null;
    this.#forget((frame) => frame.offset < end);
    this.onStored(end);
  }

  #failed(error) {
    if (this.#failedAt === null) this.onFailed(error);
    this.#failedAt = this.now();
  }

  /** As many frames as follow each other, joined. */
  #batch() {
    const [{ offset }] = this.#waiting;
    let end = offset;
    const frames = [];
    for (const frame of this.#waiting) {
      if (frame.offset !== end || end - offset > LARGEST_BYTES) break;
      frames.push(frame);
      end += frame.bytes.length;
    }
    return { offset, bytes: joined(frames, end - offset), voiced: frames.some(({ voiced }) => voiced) };
  }

  #forget(isDone) {
    this.#waiting = this.#waiting.filter((frame) => !isDone(frame));
    this.#bytes = this.#waiting.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }
}

function joined(frames, length) {
  const all = new Uint8Array(length);
  let at = 0;
  for (const { bytes } of frames) {
    all.set(bytes, at);
    at += bytes.length;
  }
  return all;
}
