/**
 * One <audio> or <video> element as the page sees it: milliseconds, speeds, and a steady clock.
 *
 * Events: `time` (each frame while it plays, and after each seek), `play`, `pause`, `speed`, `problem`, `loop`
 * (another stretch is repeated, or none), and `asked` when a person (not the recording) moved the position.
 */

import { PlayedSpan } from "./played_span.js";

const nowhere = () => null;
/** A browser may correct where it stands for some moments after it has said that it paused. */
const SETTLES_MS = 250;

export class Player extends EventTarget {
  /** How far to go back when somebody plays again after a pause. */
  stepBackMs = 0;

  #ticking = false;
  #speed = 1;
  #ease = 1;
  #span = null;
  #pausedAtMs = null;
  #isSteppedBack = false;
  #elsewhere = nowhere;

  constructor(media, durationMs, scope) {
    super();
    this.media = media;
    this.knownDurationMs = durationMs;
    this.scope = scope;
    media.preservesPitch = true;
    this.#forward(scope);
    scope.add(() => media.pause());
    // It may have failed before anybody listened.
    if (media.error) queueMicrotask(() => this.#tell("problem"));
  }

  #forward(scope) {
    scope.listen(this.media, "play", () => this.#started());
    scope.listen(this.media, "pause", () => this.#paused());
    scope.listen(this.media, "ended", () => this.#ended());
    scope.listen(this.media, "ratechange", () => this.#rateChanged());
    scope.listen(this.media, "error", () => this.#tell("problem"));
    for (const type of ["seeked", "timeupdate", "durationchange"]) {
      scope.listen(this.media, type, () => this.#moved());
    }
  }

  get ms() {
    return this.media.currentTime * 1000;
  }

  /** Counted from decoded samples by the server; what the browser guesses is only a fallback. */
  get durationMs() {
    const guessed = this.media.duration * 1000;
    return this.knownDurationMs || (Number.isFinite(guessed) ? guessed : 0);
  }

  get playing() {
    return !this.media.paused && !this.media.ended;
  }

  // -- speed -------------------------------------------------------------------------------------

  /** What the person chose; `ease` may slow it down for a moment. */
  get speed() {
    return this.#speed;
  }

  set speed(speed) {
    this.#speed = speed;
    this.media.defaultPlaybackRate = speed;
    this.media.playbackRate = speed * this.#ease;
  }

  get isEased() {
    return this.#ease !== 1;
  }

  /** Play at a part of the chosen speed; 1 gives the whole of it back. */
  ease(factor) {
    if (factor === this.#ease) return;
    this.#ease = factor;
    this.media.playbackRate = this.#speed * factor;
  }

  /** The browser's own menu of a video changes the rate too. */
  #rateChanged() {
    const rate = this.media.playbackRate;
    if (rate !== this.#speed * this.#ease) this.#speed = rate / this.#ease;
    this.#tell("speed");
  }

  // -- playing -----------------------------------------------------------------------------------

  toggle() {
    if (this.playing) this.#pause();
    else this.play();
  }

  /** The browser tells of a pause a moment later; who plays again sooner is stepped back all the same. */
  #pause() {
    this.media.pause();
    this.#pausedAtMs = this.ms;
  }

  /** Play. Where it stood still since a pause it goes back a little, so that nobody loses the thread. */
  play() {
    if (this.#standsWherePaused()) this.#back(this.stepBackMs);
    this.#start();
  }

  /** Play from one moment to another, once. */
  playSpan(fromMs, toMs) {
    this.loop(null);
    this.seek(fromMs);
    this.#span = new PlayedSpan(fromMs, toMs);
    this.#start();
  }

  /** The stretch that is repeated, `{fromMs, toMs}`, or null. */
  get looped() {
    return this.#span?.repeats ? this.#span : null;
  }

  /**
   * Repeat a stretch `{fromMs, toMs}` until `loop(null)`, or until somebody goes elsewhere: then what
   * `elsewhere(ms)` gives is repeated, or nothing any more.
   */
  loop(span, elsewhere = nowhere) {
    const next = span && new PlayedSpan(span.fromMs, span.toMs, { repeats: true });
    this.#elsewhere = elsewhere;
    if ((!next && !this.looped) || next?.equals(this.looped)) return;
    this.#span = next;
    if (next && !next.covers(this.ms)) this.place(next.fromMs);
    this.#tell("loop");
  }

  /** A pedal goes down: play from exactly here. */
  hold() {
    if (!this.playing) this.#start();
  }

  /** The pedal comes up: stand still, a little before. Playing again does not step back a second time. */
  release(stepBackMs = this.stepBackMs) {
    if (!this.playing) return;
    this.#isSteppedBack = true;
    this.media.pause();
    this.#back(stepBackMs);
  }

  /** Go to a moment because a person asked for it. */
  seek(ms) {
    const isLeft = this.#span && !this.#span.covers(ms);
    if (isLeft) this.#leaveSpan(ms);
    this.place(isLeft && this.looped && !this.looped.covers(ms) ? this.looped.fromMs : ms);
    this.#tell("asked");
  }

  /** Go to a moment quietly, such as the one remembered from the last visit. */
  place(ms) {
    const last = this.durationMs ? this.durationMs - 1 : ms;
    this.media.currentTime = Math.max(0, Math.min(ms, last)) / 1000;
    this.#pausedAtMs = null;
    this.#tell("time");
  }

  /** Back or forward; a stretch that is repeated is not left by it. */
  step(byMs) {
    const ms = this.ms + byMs;
    this.seek(this.looped && !this.looped.covers(ms) ? this.looped.fromMs : ms);
  }

  /** A browser that refuses (no gesture yet) leaves it paused, which the button shows. */
  #start() {
    this.media.play().catch((error) => {
      if (error.name !== "AbortError" && error.name !== "NotAllowedError") this.#tell("problem");
    });
  }

  #standsWherePaused() {
    return (
      this.#pausedAtMs !== null && !this.media.ended && Math.abs(this.ms - this.#pausedAtMs) < SETTLES_MS
    );
  }

  /** Never out of the stretch that is repeated. */
  #back(byMs) {
    this.place(Math.max(this.looped?.fromMs ?? 0, this.ms - byMs));
  }

  #leaveSpan(ms) {
    const wasLooped = this.looped;
    const next = wasLooped && this.#elsewhere(ms);
    this.#span = next ? new PlayedSpan(next.fromMs, next.toMs, { repeats: true }) : null;
    if (wasLooped) this.#tell("loop");
  }

  // -- what the element tells --------------------------------------------------------------------

  #started() {
    this.#tell("play");
    if (this.#ticking) return;
    this.#ticking = true;
    this.#tick();
  }

  /** A stretch that was to be played once is over when somebody stops it. */
  #paused() {
    this.#pausedAtMs = this.#isSteppedBack ? null : this.ms;
    this.#isSteppedBack = false;
    if (!this.looped && !this.playing) this.#span = null;
    this.#tell("pause");
  }

  #ended() {
    if (this.looped && !this.media.seeking) {
      this.place(this.looped.fromMs);
      this.#start();
    } else this.#tell("pause");
  }

  /** Frames stop in a hidden tab, so the element's own slower clock minds the end of the stretch too. */
  #moved() {
    this.#mindSpan();
    this.#tell("time");
  }

  #mindSpan() {
    if (!this.#span || !this.playing) return;
    const what = this.#span.at(this.ms);
    if (what === "again") this.place(this.#span.fromMs);
    if (what === "stop") this.#stopAt(this.#span.toMs);
  }

  #stopAt(ms) {
    this.#span = null;
    this.media.pause();
    this.place(ms);
    this.#pausedAtMs = this.ms;
  }

  #tick() {
    if (!this.playing || this.scope.closed) {
      this.#ticking = false;
      return;
    }
    this.#mindSpan();
    this.#tell("time");
    requestAnimationFrame(() => this.#tick());
  }

  #tell(type) {
    this.dispatchEvent(new Event(type));
  }
}
