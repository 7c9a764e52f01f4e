/**
 * What was typed here and is not confirmed, in this browser's database.
 *
 * A queue belongs to one page: `{client, code, person, schema, version, at}`, its steps lie under [client, number].
 * What could not be saved at all is kept as `{id, code, person, at, reason, count, texts}` until somebody has
 * seen it.
 */

import { answer, Database } from "../lib/database.js";

const NAME = "voxweb-edits";
const VERSION = 1;

/** Typing waits for this database before it is sent, so it must not wait long. */
const PATIENCE_MS = 1_500;
/** Nothing waits for what an earlier page left, and missing it would hide it. */
const READ_PATIENCE_MS = 20_000;
const BOTH = ["queues", "steps"];

const stepsOf = (client, from = 0, to = Number.MAX_SAFE_INTEGER) =>
  IDBKeyRange.bound([client, from], [client, to]);

export class EditStore {
  #database;

  constructor({ factory = globalThis.indexedDB, name = NAME } = {}) {
    this.#database = new Database({ factory, name, version: VERSION, upgrade, patienceMs: PATIENCE_MS });
  }

  /** All queues of a person for a transcript, the oldest first, each with its `steps`. */
  async queues(code, person) {
    const found = await this.#in(BOTH, "readonly", async (queues, steps) => {
      const theirs = (await answer(queues.getAll())).filter(
        (one) => one.code === code && one.person === person,
      );
      return Promise.all(
        theirs.map(async (one) => ({ ...one, steps: await answer(steps.getAll(stepsOf(one.client))) })),
      );
    });
    return found.sort((one, other) => one.at - other.at);
  }

  /** Write a queue: what is below `first` is forgotten, `steps` come from `from` on. */
  write(queue, { first, from, steps: fresh }) {
    return this.#in(BOTH, "readwrite", (queues, steps) => {
      if (first > 0) steps.delete(stepsOf(queue.client, 0, first - 1));
      steps.delete(stepsOf(queue.client, from));
      for (const [index, step] of fresh.entries()) steps.put(step, [queue.client, from + index]);
      return answer(queues.put(queue));
    });
  }

  forget(client) {
    return this.#in(BOTH, "readwrite", (queues, steps) => {
      steps.delete(stepsOf(client));
      return answer(queues.delete(client));
    });
  }

  /** Keep what could not be saved, in the same moment in which its queue ends. */
  rescue(client, rescued) {
    return this.#in([...BOTH, "rescued"], "readwrite", (queues, steps, kept) => {
      steps.delete(stepsOf(client));
      queues.delete(client);
      return answer(kept.put(rescued));
    });
  }

  async rescued(code, person) {
    const all = await this.#in(["rescued"], "readonly", (kept) => answer(kept.getAll()));
    return all.filter((one) => one.code === code && one.person === person).sort((a, b) => a.at - b.at);
  }

  dismiss(id) {
    return this.#in(["rescued"], "readwrite", (kept) => answer(kept.delete(id)));
  }

  #in(names, mode, work) {
    const patienceMs = mode === "readonly" ? READ_PATIENCE_MS : PATIENCE_MS;
    return this.#database.in(names, mode, work, patienceMs);
  }
}

function upgrade(fresh) {
  fresh.createObjectStore("queues", { keyPath: "client" });
  fresh.createObjectStore("steps");
  fresh.createObjectStore("rescued", { keyPath: "id" });
}
