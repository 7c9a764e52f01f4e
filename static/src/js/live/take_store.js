/**
 * Takes in this browser's database: what the server does not have for certain, and what finds it again.
 *
 * A take is `{id, recording, token, url, title, source, person, startedAt, captured, durable, options, ...}`
 * (take_entry.js). Its sound lies in pieces under [id, offset], its copy in slices under [id, number].
 * Every method rejects with the browser's own error: QuotaExceededError when there is no room.
 */

import { answer, Database } from "../lib/database.js";

const NAME = "voxweb-takes";
const VERSION = 1;
const PATIENCE_MS = 10_000;
const SOUND = ["takes", "frames"];
const ALL = ["takes", "frames", "marks", "slices"];

/** Every key of a take that begins with its id. */
const keysOf = (id) => IDBKeyRange.bound([id], [id, []]);

export class TakeStore {
  #database;

  constructor({ factory = globalThis.indexedDB, name = NAME } = {}) {
    this.#database = new Database({ factory, name, version: VERSION, upgrade, patienceMs: PATIENCE_MS });
  }

  /** Ask the browser not to clear all of this away when it needs room. It may refuse. */
  persist() {
    navigator.storage?.persist?.().catch(() => {});
  }

  /** Unfinished takes of a person in this browser, the newest first. */
  async list(person) {
    const takes = await this.#in(SOUND, "readonly", async (takes, frames) => {
      const theirs = (await answer(takes.getAll())).filter((take) => take.person === person && !take.stopped);
      return Promise.all(theirs.map((take) => reaching(take, frames)));
    });
    return takes.sort((one, other) => other.startedAt - one.startedAt);
  }

  /** The take, or undefined. */
  get(id) {
    return this.#in(SOUND, "readonly", async (takes, frames) => {
      const take = await answer(takes.get(id));
      return take && reaching(take, frames);
    });
  }

  put(take) {
    return this.#in(["takes"], "readwrite", (takes) => answer(takes.put(take)));
  }

  /** Write one piece of sound, `{offset, bytes, voiced}`, together with the take that now reaches to its end. */
  addSound(take, { offset, bytes, voiced }) {
    return this.#in(SOUND, "readwrite", (takes, frames) => {
      frames.put({ bytes, voiced }, [take.id, offset]);
      return answer(takes.put(take));
    });
  }

  /** Sound from `from` on, out of one piece: `{offset, bytes, voiced}`, or null where it is not here. */
  async soundAt(id, from) {
    const range = IDBKeyRange.bound([id, 0], [id, from]);
    const cursor = await this.#in(["frames"], "readonly", (frames) =>
      answer(frames.openCursor(range, "prev")),
    );
    if (!cursor) return null;
    const [, offset] = cursor.key;
    const { bytes, voiced } = cursor.value;
    return from < offset + bytes.length ? { offset, bytes, voiced } : null;
  }

  /** Where the next piece after `from` begins, or null. */
  async soundAfter(id, from) {
    const range = IDBKeyRange.bound([id, from], [id, Number.MAX_SAFE_INTEGER]);
    const cursor = await this.#in(["frames"], "readonly", (frames) => answer(frames.openKeyCursor(range)));
    return cursor ? cursor.key[1] : null;
  }

  /** Let go of sound below `durable`; the piece that it lies in stays whole. */
  dropBelow(id, durable) {
    const below = IDBKeyRange.bound([id, 0], [id, durable]);
    return this.#in(["frames"], "readwrite", async (frames) => {
      const cursor = await answer(frames.openKeyCursor(below, "prev"));
      if (cursor) await answer(frames.delete(IDBKeyRange.bound([id, 0], cursor.key, false, true)));
    });
  }

  marks(id) {
    return this.#in(["marks"], "readonly", (marks) => answer(marks.getAll(keysOf(id))));
  }

  putMark(id, mark) {
    return this.#in(["marks"], "readwrite", (marks) => answer(marks.put(mark, [id, mark.key])));
  }

  dropMark(id, key) {
    return this.#in(["marks"], "readwrite", (marks) => answer(marks.delete([id, key])));
  }

  addSlice(id, number, bytes) {
    return this.#in(["slices"], "readwrite", (slices) => answer(slices.put(bytes, [id, number])));
  }

  /** Slices of the browser's copy from `first` on, at most `most` of them: ArrayBuffers in order. */
  slices(id, first, most) {
    const range = IDBKeyRange.bound([id, first], [id, first + most], false, true);
    return this.#in(["slices"], "readonly", (slices) => answer(slices.getAll(range)));
  }

  /** Forget all of a take. */
  remove(id) {
    return this.#in(ALL, "readwrite", (takes, ...others) => {
      for (const other of others) other.delete(keysOf(id));
      return answer(takes.delete(id));
    });
  }

  /** A take cannot wait for a database that does not answer. */
  #in(names, mode, work) {
    return this.#database.in(names, mode, work);
  }
}

function upgrade(fresh) {
  fresh.createObjectStore("takes", { keyPath: "id" });
  for (const name of ["frames", "marks", "slices"]) fresh.createObjectStore(name);
}

/** A take reaches as far as its sound does, whichever of the two was written last. */
async function reaching(take, frames) {
  const last = await answer(frames.openCursor(keysOf(take.id), "prev"));
  const end = last ? last.key[1] + last.value.bytes.length : 0;
  return { ...take, captured: Math.max(end, take.durable) };
}
