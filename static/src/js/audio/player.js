/**
 * One <audio> or <video> element as the page sees it: milliseconds, speeds, and a steady clock.
 *
 * Events: `time` (each frame while it plays, and after each seek), `play`, `pause`, `speed`, `problem`, and
 * `asked` when a person (not the recording) moved the position.
 */
export class Player extends EventTarget {
  #ticking = false;

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
    scope.listen(this.media, "pause", () => this.#tell("pause"));
    scope.listen(this.media, "ended", () => this.#tell("pause"));
    scope.listen(this.media, "ratechange", () => this.#tell("speed"));
    scope.listen(this.media, "error", () => this.#tell("problem"));
    for (const type of ["seeked", "timeupdate", "durationchange"]) {
      scope.listen(this.media, type, () => this.#tell("time"));
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

  get speed() {
    return this.media.playbackRate;
  }

  set speed(speed) {
    this.media.defaultPlaybackRate = speed;
    this.media.playbackRate = speed;
  }

  toggle() {
    if (this.playing) this.media.pause();
    else this.play();
  }

  /** Play. A browser that refuses (no gesture yet) leaves it paused, which the button shows. */
  play() {
    this.media.play().catch((error) => {
      if (error.name !== "AbortError" && error.name !== "NotAllowedError") this.#tell("problem");
    });
  }

  /** Go to a moment because a person asked for it. */
  seek(ms) {
    this.place(ms);
    this.#tell("asked");
  }

  /** Go to a moment quietly, such as the one remembered from the last visit. */
  place(ms) {
    const last = this.durationMs ? this.durationMs - 1 : ms;
    this.media.currentTime = Math.max(0, Math.min(ms, last)) / 1000;
    this.#tell("time");
  }

  step(byMs) {
    this.seek(this.ms + byMs);
  }

  #started() {
    this.#tell("play");
    if (this.#ticking) return;
    this.#ticking = true;
    this.#tick();
  }

  #tick() {
    if (!this.playing || this.scope.closed) {
      this.#ticking = false;
      return;
    }
    this.#tell("time");
    requestAnimationFrame(() => this.#tick());
  }

  #tell(type) {
    this.dispatchEvent(new Event(type));
  }
}
