/**
 * A take on its way to the server: what is captured goes into the browser's database and over the socket,
 * and stays here until the server keeps it for certain.
 *
 * It needs no microphone: the recorder writes into it, and takes an earlier visit left behind are sent by it.
 * Events (CustomEvent detail): hello, caption, final, turn, notice, marked as the server sends them;
 *   safety {capturedMs, durableMs, where, online, isKept}
 *   lost {retry, code, message}    no connection; `retry` is "never" where only a person can decide
 *   refused {code, message}        the server does not take this recording
 */

import { msOf } from "../audio/sound_format.js";
import { Scope } from "../lib/scope.js";
import { ByteFlow } from "./byte_flow.js";
import { CopyBook } from "./copy_book.js";
import { MarkBook } from "./mark_book.js";
import { Outbox } from "./outbox.js";
import { TakeEnd } from "./take_end.js";
import { socketAddress, TakeLink } from "./take_link.js";
import { TakeWriter } from "./take_writer.js";

const FORWARDED = new Set(["caption", "final", "turn", "notice"]);

export const SESSION_EVENTS = [...FORWARDED, "hello", "marked", "safety", "lost", "refused"];
const AT_SERVER_BYTES = 96_000;
const TELL_BYTES = 32_000;
const REFUSAL_MS = 500;

const NO_ROOM =
  "This browser has no room to keep the recording. It goes on to the server; keep this page open.";
const USUAL_SETTINGS = "The recording goes on with the usual settings.";

export class TakeSession extends EventTarget {
  #scope = new Scope();
  #flow;
  #toldAt = 0;
  #refusal = null;
  #end;
  #handlers = {
    hello: (message) => this.#hello(message),
    ack: (message) => this.#acked(message),
    gap: (message) => this.#gap(message),
    marked: (message) => this.#marked(message),
    stopped: (message) => this.#stopped(message),
    error: (message) => this.#error(message),
  };

  /** `take` as in take_entry.js; `edges` are those of TakeLink, and `uploadCopy(store, take)`. */
  constructor(take, { store, socketUrl, edges = {} }) {
    super();
    Object.assign(this, { take, store });
    this.outbox = new Outbox(take);
    this.copy = new CopyBook({ store, take });
    this.link = this.#link(socketUrl, edges);
    this.marks = new MarkBook({
      store,
      id: take.id,
      send: (mark) => this.link.isOpen && this.link.send(mark),
    });
    this.writer = this.#writer();
    const { outbox, link } = this;
    const scope = this.#scope;
    this.#end = new TakeEnd({ take, store, outbox, link, scope, uploadCopy: edges.uploadCopy });
    this.#flow = new ByteFlow({ take, outbox, link, store, scope, onIdle: () => this.#end.ask() });
  }

  get capturedMs() {
    return msOf(this.outbox.captured);
  }

  /** Something of it is in this browser only. */
  get hasUnsent() {
    return this.outbox.durable < this.outbox.captured;
  }

  /** `where` the newest sound is; `isKept`: the browser has room for what the server does not have. */
  get safety() {
    const { captured, written, durable } = this.outbox;
    const online = this.link.isOpen;
    const isThere = online && captured - written <= AT_SERVER_BYTES;
    const where = isThere ? "server" : "browser";
    return {
      capturedMs: msOf(captured),
      durableMs: msOf(durable),
      where,
      online,
      isKept: !this.writer.isFailing,
    };
  }

  /** Keep the take in the database and connect, again and again if need be; neither waits for the other. */
  async open() {
    this.link.open();
    await Promise.all([this.#save(), this.marks.load()]);
    if (this.link.isOpen) this.marks.sendAll();
  }

  /** Take a frame of 16-bit samples (ArrayBuffer) in. */
  write(pcm, voiced) {
    const bytes = new Uint8Array(pcm);
    const offset = this.outbox.add(bytes, voiced);
    this.take.captured = this.outbox.captured;
    this.writer.add({ offset, bytes, voiced });
    this.link.check();
    this.#flow.go();
    if (offset - this.#toldAt >= TELL_BYTES) this.#told();
  }

  /** Nothing is captured from here on, or something is again. */
  async setPaused(isPaused) {
    this.take.isPaused = isPaused;
    this.#flow.control(isPaused ? "pause" : "resume");
    await this.writer.flush();
    await this.#save();
  }

  /** Resolves to `{transcript, url}` once the server has all of it; rejects with a reason where it never will. */
  stop() {
    this.take.stopWanted = true;
    this.writer.flush().then(() => this.#save());
    this.#flow.go();
    return this.#end.wanted();
  }

  /** Write everything into the database and let go of the connection. `reason`: why it will not be ended here. */
  async close(reason = null) {
    if (reason) this.#end.fail(reason);
    this.#scope.close();
    this.link.close();
    this.outbox.lost();
    await this.writer.flush();
    await this.#save();
  }

  #link(socketUrl, edges) {
    const address = () => socketAddress(socketUrl, this.take);
    const onOpen = () => this.#greet();
    const onMessage = (message) => this.#heard(message);
    const onLost = (rule) => this.#lost(rule);
    return new TakeLink({ address, onOpen, onMessage, onLost }, edges);
  }

  #writer() {
    return new TakeWriter({
      store: this.store,
      take: this.take,
      onStored: (offset) => this.outbox.keepsBelow(offset),
      onFailed: () => this.#tell("notice", { code: "storage_full", message: NO_ROOM, tone: "warn" }),
    });
  }

  /** The row reaches only as far as its sound does. */
  async #save() {
    const captured = Math.max(this.outbox.stored, this.take.durable);
    await this.store.put({ ...this.take, captured, savedAt: Date.now() }).catch(() => {});
  }

  #greet() {
    const { id, title, source, options, recording } = this.take;
    if (!recording) this.link.send({ type: "start", id, title, source, options });
  }

  #heard(message) {
    if (FORWARDED.has(message.type)) this.#tell(message.type, message);
    else this.#handlers[message.type]?.(message);
  }

  #hello(message) {
    const { recording, token, url, title } = message;
    this.#flow.hello(message);
    this.#end.forget();
    Object.assign(this.take, { recording, token, url, title, captured: this.outbox.captured });
    this.#save();
    this.marks.sendAll();
    this.#tell("hello", message);
    this.#told();
    this.#flow.go();
  }

  #acked(message) {
    this.outbox.ack(message);
    this.take.durable = this.outbox.durable;
    this.writer.durable(this.outbox.durable);
    this.link.awaitsAck(this.outbox.underway > 0, { heard: true });
    this.#told();
    this.#flow.go();
  }

  #gap({ offset }) {
    this.outbox.gap(offset);
    this.#end.forget();
    this.#flow.go();
  }

  #marked(message) {
    this.marks.marked(message.key);
    this.#tell("marked", message);
  }

  #lost(rule) {
    this.outbox.lost();
    if (rule.code === "refused") this.#startPlainly(this.#refusal ?? rule);
    if (rule.retry === "never") this.#end.fail(rule);
    this.#tell("lost", rule);
    this.#told();
  }

  /** A refusal before the hello is about the start; where a close follows, that one says what to do. */
  #error({ code, message }) {
    if (this.link.isOpen) return this.#tell("notice", { code, message, tone: "warn" });
    this.#refusal = { code, message };
    const isStill = () => this.link.isConnected && !this.link.isOpen;
    this.#scope.after(REFUSAL_MS, () => isStill() && this.#startPlainly({ code, message }));
  }

  /** What is said matters more than how it was to be captioned. */
  #startPlainly({ code, message }) {
    if (this.take.recording) return;
    if (!Object.keys(this.take.options).length) return this.#refused({ code, message });
    this.take.options = {};
    this.#tell("notice", { code, message: `${message} ${USUAL_SETTINGS}`, tone: "warn" });
    this.#greet();
  }

  #refused(reason) {
    this.link.close();
    this.#end.fail(reason);
    this.#tell("refused", reason);
  }

  /** The server says so when all of it is on its disk. */
  async #stopped(message) {
    this.take.stopped = true;
    this.#scope.close();
    this.link.close();
    await this.writer.flush();
    await this.store.remove(this.take.id).catch(() => {});
    this.#end.stopped(message);
  }

  #told() {
    this.#toldAt = this.outbox.captured;
    this.#tell("safety", this.safety);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
