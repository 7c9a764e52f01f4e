/**
 * Everything in this browser that is not saved: queues of pages that are gone, and text that could not be saved.
 *
 * A queue is sent as soon as the server can be reached; what cannot be sent becomes rescued text, which stays
 * until somebody has seen it.
 */

import { Scope } from "../lib/scope.js";
import { holdClient } from "./client_lock.js";
import { EditQueue } from "./edit_queue.js";
import { randomId } from "./ids.js";
import { sendLeftover, stepsIn } from "./leftover.js";
import { typedText } from "./typed_text.js";

export class Backlog {
  /** `{id, at, reason, count, texts}` of what could not be saved, the oldest first. */
  rescued = [];
  /** How many deletions were refused meanwhile. */
  refused = 0;
  #waiting = new Map();
  #running = null;

  /** `owner` is `{code, person}`. */
  constructor({ store, http, wait, owner, hold = holdClient, now = Date.now }) {
    Object.assign(this, { store, http, wait, owner, hold, now });
  }

  /** How many changes wait that pages left behind: until the server has them, or they are rescued. */
  get waiting() {
    return [...this.#waiting.values()].reduce((sum, count) => sum + count, 0);
  }

  /**
   * Send what pages that are gone left behind; `own` is the client that asks.
   *
   * Never throws: without a database there is nothing to send.
   */
  send(own) {
    this.#running ??= this.#sendAll(own).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #sendAll(own) {
    const { code, person } = this.owner;
    this.rescued = await this.store.rescued(code, person).catch(() => this.rescued);
    const queues = await this.store.queues(code, person).catch(() => []);
    const left = queues.filter(({ client }) => client !== own);
    for (const { client, steps } of left) this.#waiting.set(client, steps.length);
    for (const { client } of left) await this.#sendOne(client);
  }

  /** Keep the text of steps that can never be saved, and forget their queue. */
  async rescue(client, steps, reason) {
    const kept = {
      id: randomId(),
      ...this.owner,
      at: this.now(),
      reason,
      count: steps.length,
      texts: typedText(steps),
    };
    this.rescued = [...this.rescued, kept];
    await this.store.rescue(client, kept).catch(() => {});
  }

  async dismiss(id) {
    this.rescued = this.rescued.filter((kept) => kept.id !== id);
    await this.store.dismiss(id).catch(() => {});
  }

  async #sendOne(client) {
    const scope = new Scope();
    try {
      if (await this.hold(scope, client)) await this.#sendHeld(client);
      else this.#waiting.delete(client);
    } finally {
      scope.close();
    }
  }

  /** Read again: the page that had it may have sent it in the last moment. */
  async #sendHeld(client) {
    const { code, person } = this.owner;
    const queues = await this.store.queues(code, person).catch(() => []);
    const queue = queues.find((one) => one.client === client);
    this.#waiting.set(client, queue?.steps.length ?? 0);
    if (!queue || (await this.#isSent(queue))) this.#waiting.delete(client);
  }

  /** Whether nothing of it waits any more. */
  async #isSent(queue) {
    const edits = new EditQueue({
      store: this.store,
      owner: { client: queue.client, ...this.owner },
      now: this.now,
    });
    edits.takeOver();
    try {
      this.refused += await sendLeftover(queue, { http: this.http, edits, wait: this.wait });
    } catch (error) {
      if (mayComeLater(error)) return false;
      await this.rescue(queue.client, readableSteps(queue), error.code ?? "unknown");
    }
    return true;
  }
}

/** The network may come back, and so may the session; a page of the right age reads the queue. */
function mayComeLater({ code, status, isFinal }) {
  return code === "unreachable" || status === 401 || status === 403 || (status !== undefined && !isFinal);
}

function readableSteps(queue) {
  try {
    return stepsIn(queue).map(({ step }) => step);
  } catch {
    return [];
  }
}
