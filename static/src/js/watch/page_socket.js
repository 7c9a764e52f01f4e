/**
 * The one socket of a page to its transcript: hints of what happens, steps of the text, who is there.
 *
 * Messages may be lost with the line; whoever uses it asks for what it missed once there is a new one.
 */

import { after } from "../lib/after.js";

const FIRST_MS = 500;
const LONGEST_MS = 15_000;
const RESTARTING = 4012;
const DEAD = 0;

/** A line that brings nothing is asked whether it lives; a broken one often tells nobody for minutes. */
const QUIET_MS = 10_000;
const ANSWER_MS = 5_000;
const GREETING_MS = 10_000;

/** Signed out, not allowed any more, gone: only the page can find out what to do. */
const FINAL_CODES = new Set([4401, 4403, 4404]);

/** How long to wait before the next attempt; `random` in 0..1 spreads pages that lost the same server. */
export function reconnectDelayMs(code, failures, random) {
  if (code === RESTARTING && failures <= 1) return 0;
  return Math.round(Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1)) * (0.5 + random / 2));
}

export class PageSocket {
  connected = false;
  /** What the server said first on this line, or null without one. */
  hello = null;
  #socket = null;
  #failures = 0;
  #cancel = null;
  #ended = false;
  #listeners = new Set();

  constructor({ url, open = (url) => new WebSocket(url), random = Math.random, wait = after }) {
    Object.assign(this, { url, open, random, wait });
  }

  /**
   * `hear(message)` takes each message, `change(connected, code)` each change of the line; `code` is that of
   * the close. Answers a function that ends it.
   */
  listen({ hear, change }) {
    const listener = { hear, change };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Connect, or try again at once. */
  start() {
    if (this.#socket || this.#ended) return;
    const socket = this.open(this.url);
    this.#socket = socket;
    this.#wait(GREETING_MS, () => this.#drop());
    socket.addEventListener("message", ({ data }) => this.#socket === socket && this.#heard(data));
    socket.addEventListener("close", ({ code }) => this.#socket === socket && this.#lost(code));
  }

  /** Whether it was handed to the browser; whether it arrives is another matter. */
  send(message) {
    if (!this.connected) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Connect anew at once: the network is back, or hints are missing although it says it is open. */
  renew() {
    const old = this.#socket;
    this.#failures = 0;
    if (old) this.#lost(RESTARTING);
    else this.start();
    old?.close();
  }

  close() {
    this.#ended = true;
    this.#cancel?.();
    this.#socket?.close();
    this.#socket = null;
    this.connected = false;
  }

  #heard(data) {
    const message = JSON.parse(data);
    this.#wait(QUIET_MS, () => this.#ask());
    if (message.type === "hello") {
      this.#failures = 0;
      this.connected = true;
      this.hello = message;
      this.#tell("change", true);
    }
    this.#tell("hear", message);
  }

  #ask() {
    this.send({ type: "ping" });
    this.#wait(ANSWER_MS, () => this.#drop());
  }

  /** Leave a line that does not answer; its close event may come minutes later, or never. */
  #drop() {
    const old = this.#socket;
    this.#lost(DEAD);
    old.close();
  }

  #lost(code) {
    this.#socket = null;
    this.connected = false;
    this.hello = null;
    this.#failures += 1;
    if (FINAL_CODES.has(code)) {
      this.#ended = true;
      this.#cancel?.();
    } else {
      const delay = reconnectDelayMs(code, this.#failures, this.random());
      this.#wait(delay, () => this.start());
    }
    this.#tell("change", false, code);
  }

  /** One thing is waited for at a time: a greeting, a message, an answer, or the next attempt. */
  #wait(ms, work) {
    this.#cancel?.();
    this.#cancel = this.wait(ms, work);
  }

  #tell(what, ...details) {
    for (const listener of [...this.#listeners]) listener[what](...details);
  }
}

/** The address of a socket of this site. */
export function socketUrl(path, place = location) {
  return `${place.protocol === "https:" ? "wss:" : "ws:"}//${place.host}${path}`;
}
