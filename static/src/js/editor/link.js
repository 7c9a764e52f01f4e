/**
 * Keeps a text and the server's in step: sends what is typed, takes in what others type, survives every break.
 *
 * Nothing is sent that is not written down in this browser first. One push is on its way at a time; the server
 * takes it whole, or says that others came first. Clock, line, requests and storage are given from outside.
 */

import { CatchUp } from "./catch_up.js";
import { confirmed, receive } from "./collab.js";
import { parcelOf } from "./parcel.js";
import { SCHEMA_VERSION } from "./schema.js";
import { StuckError } from "./stuck_error.js";
import { TypingPause } from "./typing_pause.js";

/** A push without an answer is believed lost; should it arrive later, the server says so or confirms it. */
const FLIGHT_MS = 12_000;
const RETRY_MS = 2_000;

/** After losing a race everybody waits a little, differently long. */
const YIELD_MS = 20;

export class EditLink {
  /** Why nothing is sent any more, or null. */
  stuck = null;
  /** The server runs other code than this page came from. */
  isOutdated = false;
  /** What was typed could not be written down in this browser. */
  isUnkept = false;
  #flight = null;
  #rid = 0;
  #build = null;
  #isWriting = false;
  #kept = null;
  #isClosed = false;
  #retry = null;
  #refused = 0;

  /**
   * `desk` is `{state, dispatch(tr)}`, `line` is `{connected, send(message)}`, `http` is `{stepsSince(version),
   * push({v, client, steps})}`, `queue` is `{write({version, mine})}`, `wait(ms, work)` answers a cancel function.
   * `told` is `{changed(), refused(count), stuck(error)}`.
   */
  constructor({ desk, client, line, http, queue, wait, random = Math.random, told }) {
    Object.assign(this, { desk, client, line, http, queue, wait, random, told });
    this.typing = new TypingPause({ wait, paused: () => this.flush() });
    const done = () => this.#goOn();
    const failed = (error) => this.#getStuck(error);
    this.#kept = confirmed(desk.state);
    this.catchUp = new CatchUp({ desk, client, line, http, wait, done, failed });
  }

  /** How many changes the server has not confirmed. */
  get pending() {
    return confirmed(this.desk.state).mine.length;
  }

  /** The text was changed here. */
  edited() {
    this.told.changed();
    this.typing.typed();
  }

  hear(message) {
    if (!this.#isClosed) this.#hears[message.type]?.(message);
  }

  /** The line was lost: whether the push on its way arrived shows when there is a new one. */
  lineLost() {
    this.#land();
    this.told.changed();
  }

  /** Write down what is not confirmed, and send what may be sent. */
  async flush() {
    this.typing.calm();
    if (this.#isWriting || this.#isClosed) return;
    this.#isWriting = true;
    await this.#writeDown();
    this.#isWriting = false;
    if (this.#isClosed) return;
    this.#send(this.#kept);
    if (confirmed(this.desk.state) !== this.#kept) this.edited();
  }

  /** Nothing more is sent or taken in; what is written down stays. */
  close() {
    this.#isClosed = true;
    this.typing.calm();
    this.#land();
    this.#retry?.();
    this.catchUp.close();
  }

  #hears = {
    hello: (message) => this.#begin(message),
    steps: (message) => this.#take(message),
    ack: (message) => this.#acked(message),
    stale: (message) => this.#stale(message),
    busy: ({ rid }) => this.#flight?.rid === rid && this.#tryLater(),
    reject: ({ rid, code, message }) =>
      this.#flight?.rid === rid && this.#getStuck(new StuckError(code, message)),
    version: ({ v }) => this.catchUp.need(v),
    fetch: () => this.catchUp.fetch(),
  };

  #begin({ v, schema, build }) {
    this.#land();
    this.#build ??= build;
    this.isOutdated = build !== this.#build || schema !== SCHEMA_VERSION;
    if (schema !== SCHEMA_VERSION) this.#getStuck(new StuckError("old_schema", ""));
    else this.catchUp.begin(v);
    this.told.changed();
  }

  #take(message) {
    this.catchUp.take(message);
    const { refused } = confirmed(this.desk.state);
    if (refused > this.#refused) this.told.refused(refused - this.#refused);
    this.#refused = refused;
    this.told.changed();
  }

  // -- what is written down ----------------------------------------------------------------------

  /** What is typed meanwhile stands behind it and can wait; what was put behind others is written anew. */
  async #writeDown() {
    do {
      const now = confirmed(this.desk.state);
      if (now === this.#kept) return;
      await this.#write(now);
      this.#kept = now;
    } while (confirmed(this.desk.state).version !== this.#kept.version);
  }

  async #write(now) {
    try {
      await this.queue.write(now);
      this.isUnkept = false;
    } catch {
      this.isUnkept = true;
    }
  }

  /** Typing that has not paused yet is about to be sent anyway. */
  #goOn() {
    if (!this.typing.isOpen) this.flush();
  }

  // -- a push ------------------------------------------------------------------------------------

  get #maySend() {
    return this.line.connected && !this.#flight && !this.#retry && !this.stuck && this.catchUp.isCurrent;
  }

  #send({ version, mine }) {
    if (!this.#maySend || !mine.length) return this.told.changed();
    const { steps, fitsSocket } = parcelOf(mine.map(({ step }) => step));
    this.#rid += 1;
    this.#flight = { rid: this.#rid, version, count: steps.length };
    const push = { v: version, client: this.client, steps };
    if (fitsSocket) this.#overSocket({ type: "push", rid: this.#rid, ...push });
    else this.#overHttp(this.#rid, push);
    return this.told.changed();
  }

  #overSocket(message) {
    this.#flight.cancel = this.wait(FLIGHT_MS, () => this.#overdue());
    this.line.send(message);
  }

  async #overHttp(rid, push) {
    try {
      this.#acked({ rid, v: await this.http.push(push) });
    } catch (error) {
      this.#refusedByHttp(rid, error);
    }
  }

  #refusedByHttp(rid, error) {
    if (this.#isClosed || this.#flight?.rid !== rid) return;
    if (error.code === "stale") this.#stale({ rid, v: error.detail.v });
    else if (error.isFinal) this.#getStuck(new StuckError(error.code, error.message));
    else this.#tryLater();
  }

  #tryLater() {
    this.#land();
    this.#retryIn(RETRY_MS);
  }

  #overdue() {
    this.#land();
    this.catchUp.ask();
  }

  #acked({ rid, v }) {
    const flight = this.#flight;
    if (flight?.rid === rid) {
      this.#land();
      this.#confirm(flight);
    }
    this.catchUp.need(v);
    this.#goOn();
  }

  /** The steps may have come back already, with those of others behind them. */
  #confirm({ version, count }) {
    const { state } = this.desk;
    const now = confirmed(state);
    if (now.version !== version) return;
    const steps = now.mine.slice(0, count).map(({ step }) => step);
    this.desk.dispatch(
      receive(
        state,
        steps,
        steps.map(() => this.client),
      ),
    );
  }

  /**
   * Others came first; their steps come with it, unless they are too much or it was sent over HTTP. Where they touch
   * none of the steps that were sent, these are the last of them: the server has put them behind.
   */
  #stale({ rid, v, steps, clients }) {
    if (this.#flight?.rid !== rid) return;
    const { version } = this.#flight;
    this.#land();
    if (v < version) return this.#getStuck(new StuckError("server_behind", ""));
    this.#retryIn(Math.ceil(YIELD_MS * this.random()));
    if (steps) this.#take({ v: version, steps, clients });
    this.catchUp.need(v);
  }

  #retryIn(ms) {
    this.#retry?.();
    this.#retry = this.wait(ms, () => {
      this.#retry = null;
      this.flush();
    });
  }

  #land() {
    this.#flight?.cancel?.();
    this.#flight = null;
  }

  #getStuck(error) {
    if (this.stuck) return;
    this.#land();
    this.stuck = error;
    this.told.stuck(error);
    this.told.changed();
  }
}
