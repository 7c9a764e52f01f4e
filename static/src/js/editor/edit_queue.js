/**
 * Writes the unconfirmed steps of one page down, as little of them as is new.
 *
 * An hour of typing offline is thousands of steps; writing them all with every word would not be instant.
 */

import { removedBy } from "./rebase.js";
import { SCHEMA_VERSION } from "./schema.js";

export class EditQueue {
  #kept = [];
  #first = 0;
  #isThere = false;

  /** `owner` is `{client, code, person}`; `now()` only dates the queue for people. */
  constructor({ store, owner, now = Date.now }) {
    Object.assign(this, { store, owner, now });
  }

  /** Take over what a page that is gone has left under the same client. */
  takeOver() {
    this.#isThere = true;
  }

  async write({ version, mine }) {
    if (!mine.length) await this.#forget();
    else await this.#put(version, mine);
    this.#kept = mine;
  }

  async #forget() {
    if (this.#isThere) await this.store.forget(this.owner.client);
    this.#isThere = false;
    this.#first = 0;
  }

  async #put(version, mine) {
    const gone = this.#kept.indexOf(mine[0]);
    const left = gone < 0 ? 0 : this.#stillThere(mine, gone);
    const first = left ? this.#first + gone : this.#first + this.#kept.length;
    const steps = mine.slice(left).map(writable);
    const queue = { ...this.owner, schema: SCHEMA_VERSION, version, at: this.now() };
    await this.store.write(queue, { first, from: first + left, steps });
    this.#first = first;
    this.#isThere = true;
  }

  /** How many of the steps are written already: those that were not put behind others meanwhile. */
  #stillThere(mine, gone) {
    const kept = this.#kept.slice(gone);
    return kept.length <= mine.length && kept.at(-1) === mine[kept.length - 1] ? kept.length : 0;
  }
}

/** A step, and the text that it removed: without that nobody could tell later what its author saw. */
function writable({ step, inverted }) {
  return { json: step.toJSON(), removed: removedBy(inverted) };
}
