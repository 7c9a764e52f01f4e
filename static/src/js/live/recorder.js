/**
 * Records a take: from the microphone to the browser's database and the server, through every interruption.
 *
 *   const recorder = new Recorder({ socketUrl, scripts, person, store: new TakeStore() });
 *   await recorder.arm({ source: "microphone" });         levels flow
 *   await recorder.start({ title, options });             or continueTake(entry)
 *
 * Events (CustomEvent detail):
 *   state   {state, before, isArmed, reason: {code, message} | null}, also when only the reason is another one
 *   level   {peak, rms, clipping, silentMs} · clock {capturedMs} · stopped {url}
 *   safety  {capturedMs, durableMs, where, online, isKept}
 *   hello, caption, final, turn, notice, marked as the server sends them
 *   stopped {url}
 * `arm` with a tab's sound must be called while a click is being handled: browsers ask for one.
 */

import { openCapture } from "../audio/capture.js";
import { keepAwake } from "../audio/wake_lock.js";
import { CurrentTake } from "./current_take.js";
import { Listening } from "./listening.js";
import { goesOn, Reasons, TAKEN_OVER } from "./reasons.js";
import { holdTake } from "./take_lock.js";
import { can, isCapturing, isRunning, next } from "./take_state.js";

export class Recorder extends EventTarget {
  #state = "idle";
  #reasons = new Reasons();
  #choices = { source: "microphone" };
  #current;
  #pausing = null;
  #yielding = null;

  /** `person` owns the takes kept here. `edges`: openCapture, holdTake, keepAwake, page, and those of TakeLink and TakeEnd. */
  constructor({ socketUrl, scripts, person, store, edges = {} }) {
    super();
    Object.assign(this, { person, store });
    const outside = { openCapture, holdTake, keepAwake, page: globalThis, ...edges };
    this.listening = new Listening(scripts, outside.openCapture);
    this.#hear();
    const heard = { onEvent: (type, detail) => this.#answer(type, detail), onAsked: () => this.#yield() };
    this.#current = new CurrentTake({ store, socketUrl, edges: outside, ...heard });
    outside.page.addEventListener("beforeunload", (event) => this.mustStay && event.preventDefault());
    outside.page.addEventListener("pagehide", () => this.#session?.writer.flush());
  }

  get state() {
    return this.#state;
  }

  /** The microphone is open: `start` begins without a delay. */
  get isArmed() {
    return this.listening.isOpen;
  }

  get take() {
    return this.#session?.take ?? null;
  }

  get capturedMs() {
    return this.#session?.capturedMs ?? 0;
  }

  /** Leaving the page now would end something, or leave something in this browser only. */
  get mustStay() {
    return isRunning(this.#state) || Boolean(this.#session?.hasUnsent);
  }

  /** Open `{source, deviceId, echoCancellation, noiseSuppression, autoGainControl}`; missing switches as usual. */
  async arm(choices = this.#choices) {
    if (!can(this.#state, "arm")) return;
    this.#choices = choices;
    this.#move("arm");
    try {
      if (await this.listening.open(choices)) this.#move("armed");
    } catch (error) {
      this.#cannotHear(error);
    }
  }

  /** Back to nothing open; not while a take runs. */
  async disarm() {
    if (!can(this.#state, "reset")) return;
    this.#move("reset");
    await this.listening.close();
  }

  async start({ title = "", options = {} } = {}) {
    if (!this.#canBegin) return;
    const claimed = this.#current.begin({
      person: this.person,
      source: this.#choices.source,
      title,
      options,
    });
    this.#record();
    this.store.persist();
    await claimed;
    await this.#session?.open();
  }

  /** Go on with a take of the store. Another tab that has it lets go of it. */
  async continueTake(entry) {
    if (!this.#canBegin) return;
    await this.#current.adopt(entry);
    this.#record();
    if (this.take.isPaused) await this.#session.setPaused(false);
    await this.#session.open();
  }

  /** Record here again what another tab or device has taken over. */
  async takeOver() {
    if (this.#state !== "paused" || !this.#reasons.isTakenOver || this.#current.isAdopting) return;
    await this.#yielding;
    await this.#current.adopt(this.take);
    this.#reasons.clear();
    await this.#session.open();
    await this.resume();
  }

  /** Resolves when everything said before is in the database. */
  async pause(reason = null) {
    if (isCapturing(this.#state)) {
      this.#move("pause", reason);
      this.#pausing = this.listening.hold().then(() => this.#session.setPaused(true));
    }
    await this.#pausing;
  }

  async resume() {
    if (this.#state !== "paused" || this.#reasons.isTakenOver) return;
    await this.#pausing;
    if (!this.isArmed) await this.arm();
    if (!this.isArmed || this.#state !== "paused") return;
    this.listening.keep();
    this.#move("resume");
    if (!this.#session.link.isOpen) this.#move("lost", this.#reasons.link);
    await this.#session.setPaused(false);
  }

  /** Resolves when the server has the whole take, or cannot have it (state failed). */
  async stop() {
    if (!can(this.#state, "stop")) return;
    this.#move("stop");
    this.take.stopWanted = true;
    await this.#pausing;
    await this.listening.close();
    try {
      const { url } = await this.#session.stop();
      this.#current.forget();
      this.#move("stopped");
      this.#tell("stopped", { url });
    } catch (reason) {
      await this.#fail(reason);
    }
  }

  /** "Important here." Answers the key of the mark, or null while nothing is recorded. */
  mark(note = "") {
    if (!isRunning(this.#state)) return null;
    const key = crypto.randomUUID();
    this.#session.marks.put({ key, at_ms: this.capturedMs, note });
    return key;
  }

  /** Give a mark of this take another note. */
  noteMark(key, note) {
    this.#session?.marks.note(key, note);
  }

  get #canBegin() {
    return this.#state === "arming" && this.isArmed && !this.#current.isAdopting;
  }

  get #session() {
    return this.#current.session;
  }

  #hear() {
    const { listening } = this;
    const heard = (type, work) => listening.addEventListener(type, ({ detail }) => work(detail));
    heard("level", (level) => this.#tell("level", level));
    heard("frame", (frame) => this.#write(frame));
    heard("kept", () => this.#session?.copy.opened());
    heard("slice", ({ bytes }) => this.#session?.copy.add(bytes));
    heard("partlost", ({ code }) => this.#tell("notice", goesOn(code)));
    heard("lost", (reason) => this.#cannotHear(reason));
  }

  #write({ pcm, voiced }) {
    this.#session.write(pcm, voiced);
    this.#tell("clock", { capturedMs: this.capturedMs });
  }

  #cannotHear(error) {
    const reason = { code: error.code, message: error.message };
    if (isCapturing(this.#state)) this.pause(reason);
    else if (this.#state === "arming") this.#move("fail", reason);
    else if (this.#state === "paused") this.#move("armed", reason);
  }

  #record() {
    this.listening.keep();
    this.#move("start");
    this.#tell("clock", { capturedMs: this.capturedMs });
  }

  /** What comes from the session goes on to the page, except what moves the take. */
  #answer(type, detail) {
    if (type === "lost") return this.#lost(detail);
    if (type === "refused") return this.#fail(detail);
    this.#tell(type, detail);
    if (type === "hello") this.#move("back");
  }

  #lost(rule) {
    if (rule.code === TAKEN_OVER.code) this.#yield();
    else this.#move("lost", { code: rule.code, message: rule.message });
  }

  /** Somebody else goes on with this take: everything captured here goes into the database first. */
  #yield() {
    if (!isRunning(this.#state)) return;
    this.#yielding = this.#state === "finishing" ? this.#fail(TAKEN_OVER) : this.#letGo();
  }

  async #letGo() {
    if (isCapturing(this.#state)) await this.pause(TAKEN_OVER);
    else this.#move("lost", TAKEN_OVER);
    await this.#current.leave(TAKEN_OVER);
  }

  async #fail(reason) {
    this.#move("fail", reason);
    await this.listening.close();
    await this.#current.leave(reason);
  }

  #move(event, reason = null) {
    const before = this.#state;
    this.#state = next(before, event);
    const isNews = this.#reasons.take(event, reason);
    if (this.#state === before && !isNews && event !== "armed") return;
    const { state, isArmed } = this;
    this.#tell("state", { state, before, isArmed, reason: this.#reasons.shown });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
