/**
 * Takes in the steps of everybody, in order and each once, and asks for those that are missing.
 *
 * Messages may come twice, late, in any order or not at all: what is below the own version is known already, and
 * whatever lies above it is a reason to ask.
 */

import { Step } from "prosemirror-transform";
import { confirmed, receive } from "./collab.js";

/** An answer that does not come in this time is asked for again. */
const PATIENCE_MS = 4_000;

/** The text no longer follows what the server has; only loading it again helps. */
export class LostTrackError extends Error {}

export class CatchUp {
  #target = 0;
  #cancel = null;
  #isFetching = false;
  #held = null;

  /**
   * `desk` is `{state, dispatch(tr)}`, `line` is `{send(message)}`, `http` is `{stepsSince(version)}`.
   * `done()` is told when nothing is known to be missing, `failed(error)` when it cannot go on.
   */
  constructor({ desk, client, line, http, wait, done, failed }) {
    Object.assign(this, { desk, client, line, http, wait, done, failed });
  }

  get isCurrent() {
    return confirmed(this.desk.state).version >= this.#target && !this.#held;
  }

  /** The server has the text at least at this version. */
  need(version) {
    this.#target = Math.max(this.#target, version);
    if (!this.isCurrent && !this.#cancel && !this.#isFetching) this.ask();
  }

  /** A new line: nothing that was asked on the old one is answered, and nothing comes unasked before a pull. */
  begin(version) {
    this.#target = version;
    this.ask();
    if (this.isCurrent) this.done();
  }

  ask() {
    this.#settle();
    const { version } = confirmed(this.desk.state);
    if (this.line.send({ type: "pull", v: version })) this.#cancel = this.wait(PATIENCE_MS, () => this.ask());
  }

  /** Steps of the server: `v` is the version before the first of them. */
  take(message) {
    if (this.#held) return this.#held.push(message);
    const { v, steps, clients } = message;
    const { version } = confirmed(this.desk.state);
    const known = version - v;
    if (known < 0) return this.need(v + steps.length);
    try {
      this.#feed(steps.slice(known), clients.slice(known));
    } catch (error) {
      return this.failed(new LostTrackError(error.message, { cause: error }));
    }
    return this.#progress(v + steps.length);
  }

  /** What is missing is too much for the socket. */
  async fetch() {
    if (this.#isFetching) return;
    this.#settle();
    this.#isFetching = true;
    const { version } = confirmed(this.desk.state);
    try {
      const { steps, clients } = await this.http.stepsSince(version);
      this.#isFetching = false;
      this.take({ v: version, steps, clients });
    } catch (error) {
      this.#isFetching = false;
      if (error.isFinal) this.failed(error);
      else this.#cancel = this.wait(PATIENCE_MS, () => this.fetch());
    }
  }

  /** While somebody composes a character, the text under it must not change. */
  hold() {
    this.#held ??= [];
  }

  release() {
    const held = this.#held ?? [];
    this.#held = null;
    for (const message of held) this.take(message);
    if (this.isCurrent) this.done();
  }

  close() {
    this.#settle();
    this.#isFetching = true;
  }

  #progress(reached) {
    this.#target = Math.max(this.#target, reached);
    if (this.isCurrent) {
      this.#settle();
      this.done();
    } else if (this.#cancel) this.#waitOn();
    else this.need(this.#target);
  }

  /** An answer may come in several messages: patience begins again with each. */
  #waitOn() {
    this.#settle();
    this.#cancel = this.wait(PATIENCE_MS, () => this.ask());
  }

  #settle() {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Own steps are confirmed only where they come first, so each run of one side is taken by itself. */
  #feed(steps, clients) {
    let from = 0;
    for (let to = 1; to <= steps.length; to += 1) {
      const isSameSide = to < steps.length && this.#isOwn(clients[to]) === this.#isOwn(clients[from]);
      if (isSameSide) continue;
      this.#dispatch(steps.slice(from, to), clients.slice(from, to));
      from = to;
    }
  }

  #isOwn(client) {
    return client === this.client;
  }

  #dispatch(steps, clients) {
    const { state } = this.desk;
    const parsed = steps.map((json) => Step.fromJSON(state.schema, json));
    this.desk.dispatch(receive(state, parsed, clients));
  }
}
