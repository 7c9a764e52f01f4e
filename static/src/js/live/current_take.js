/** The take a recorder has now: claimed for this tab, kept awake for, and brought to the server by a session. */

import { Scope } from "../lib/scope.js";
import { newTake } from "./take_entry.js";
import { SESSION_EVENTS, TakeSession } from "./take_session.js";

export class CurrentTake {
  #scope = null;
  #isAdopting = false;
  session = null;

  /**
   * `onEvent(type, detail)` gets every event of the session. `onAsked()`: another tab wants the take.
   * `edges`: holdTake, keepAwake, and those of TakeSession.
   */
  constructor({ store, socketUrl, edges, onEvent, onAsked }) {
    Object.assign(this, { store, socketUrl, edges, onEvent, onAsked });
  }

  /** Another take is being adopted. */
  get isAdopting() {
    return this.#isAdopting;
  }

  /** Have a new take, at once. Resolves when it is claimed; nothing is connected before `session.open()`. */
  async begin(fields) {
    const take = newTake({ id: crypto.randomUUID(), startedAt: Date.now(), ...fields });
    this.#join(take);
    const scope = this.#scope;
    const claim = await this.#claim(take.id, false);
    scope.add(() => claim.close());
  }

  /**
   * Have a take of the store, as it is when every other tab has let go of it: what the database has is newer
   * than what a page remembers.
   */
  async adopt(entry) {
    this.#isAdopting = true;
    try {
      const claim = await this.#claim(entry.id, true);
      const take = (await this.store.get(entry.id).catch(() => null)) ?? entry;
      this.#join({ ...take, stopWanted: false, stopped: false });
      this.#scope.add(() => claim.close());
    } finally {
      this.#isAdopting = false;
    }
  }

  /** Bring everything into the database, then let go. `reason`: why the take is not ended here. */
  async leave(reason) {
    const scope = this.#scope;
    await this.session?.close(reason);
    scope?.close();
  }

  /** Nothing of it is left here. */
  forget() {
    this.#scope.close();
    this.session = null;
  }

  async #claim(id, ask) {
    const scope = new Scope();
    await this.edges.holdTake(scope, id, { ask, onAsked: this.onAsked });
    return scope;
  }

  #join(take) {
    const { store, socketUrl, edges } = this;
    this.#scope = new Scope();
    this.session = new TakeSession(take, { store, socketUrl, edges });
    for (const type of SESSION_EVENTS) {
      this.#scope.listen(this.session, type, ({ detail }) => this.onEvent(type, detail));
    }
    edges.keepAwake(this.#scope);
  }
}
