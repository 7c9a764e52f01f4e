/**
 * The socket of a take: opened again and again until it is closed on purpose.
 *
 * Timers of hidden pages may sleep for a minute; whoever has something that ticks calls `check()` with it.
 */

import { Scope } from "../lib/scope.js";
import { closeRule, retryDelayMs } from "./close_rules.js";

const CHECK_MS = 500;
const GREETING_MS = 10_000;
const ACK_MS = 6_000;
const STEADY_MS = 5_000;

export class TakeLink {
  #scope = null;
  #turn = null;
  #socket = null;
  #retryAt = null;
  #failures = 0;
  #openedAt = 0;
  #waitsSince = null;
  #greeted = false;

  /**
   * `address()` is asked before each attempt; `onOpen()` may send a greeting; `onMessage(message)` gets parsed
   * JSON; `onLost(rule)` a rule of close_rules. `edges`: makeSocket(url), now() in ms, random(), page.
   */
  constructor({ address, onOpen, onMessage, onLost }, edges = {}) {
    Object.assign(this, { address, onOpen, onMessage, onLost });
    this.makeSocket = edges.makeSocket ?? ((url) => new WebSocket(url));
    this.now = edges.now ?? (() => performance.now());
    this.random = edges.random ?? Math.random;
    this.page = edges.page ?? globalThis;
  }

  /** Greeted by the server: sound may be sent. */
  get isOpen() {
    return this.#greeted;
  }

  /** The socket is there, whether or not the server has greeted. */
  get isConnected() {
    return this.#socket?.readyState === 1;
  }

  open() {
    if (this.#scope) return;
    this.#scope = new Scope();
    this.#scope.every(CHECK_MS, () => this.check());
    this.#scope.listen(this.page, "online", () => this.retryNow());
    this.#connect();
  }

  /** End for good, or until `open()`. */
  close() {
    this.#abandon();
    this.#scope?.close();
    this.#scope = null;
    this.#retryAt = null;
  }

  /** Returns whether it was handed to the browser. */
  send(data) {
    if (!this.isConnected) return false;
    this.#socket.send(typeof data === "string" || data instanceof ArrayBuffer ? data : JSON.stringify(data));
    return true;
  }

  /** Say whether bytes are out that the server has not acknowledged; called after every send and every ack. */
  awaitsAck(isWaiting, { heard = false } = {}) {
    if (!isWaiting) this.#waitsSince = null;
    else if (heard || this.#waitsSince === null) this.#waitsSince = this.now();
  }

  retryNow() {
    if (!this.#scope || this.#socket) return;
    this.#failures = 0;
    this.#connect();
  }

  /** Whatever is due: an attempt, or giving up on a connection that does not answer. */
  check() {
    const now = this.now();
    if (this.#retryAt !== null && now >= this.#retryAt) return this.#connect();
    const isMute = this.#socket && !this.#greeted && now - this.#openedAt > GREETING_MS;
    const isStuck = this.#waitsSince !== null && now - this.#waitsSince > ACK_MS;
    if (isMute || isStuck) this.drop();
  }

  /** Leave a connection that is of no use; its close event may come minutes later, or never. */
  drop() {
    this.#ended(0);
  }

  #connect() {
    this.#retryAt = null;
    this.#openedAt = this.now();
    this.#turn = this.#scope.child();
    try {
      this.#socket = this.makeSocket(this.address());
    } catch {
      return this.#ended(0);
    }
    this.#listen(this.#socket);
  }

  #listen(socket) {
    this.#turn.listen(socket, "open", () => this.onOpen());
    this.#turn.listen(socket, "message", ({ data }) => this.#heard(JSON.parse(data)));
    this.#turn.listen(socket, "close", ({ code }) => this.#ended(code));
  }

  #heard(message) {
    if (message.type === "hello") {
      this.#greeted = true;
      this.#openedAt = this.now();
    }
    this.onMessage(message);
  }

  #ended(code) {
    const lasted = this.#greeted && this.now() - this.#openedAt > STEADY_MS;
    this.#failures = lasted ? 1 : this.#failures + 1;
    this.#abandon();
    const rule = closeRule(code);
    if (rule.retry === "never") this.close();
    else this.#retryAt = this.now() + retryDelayMs(rule.retry, this.#failures, this.random());
    this.onLost(rule);
    if (this.#retryAt !== null && this.#retryAt <= this.now()) this.check();
  }

  #abandon() {
    this.#turn?.close();
    this.#socket?.close();
    this.#socket = null;
    this.#greeted = false;
    this.#waitsSince = null;
  }
}

/** Where a take connects: with its code and token once it has them. `socketUrl` may be a path of this site. */
export function socketAddress(socketUrl, { recording, token }) {
  const url = new URL(socketUrl, globalThis.location?.href);
  url.protocol = url.protocol.replace("http", "ws");
  if (recording) url.search = new URLSearchParams({ recording, token });
  return url.href;
}
