/** A stand-in for the browser's <audio>: events come at once, time goes on when the test says so. */

export class QuietMedia extends EventTarget {
  paused = true;
  ended = false;
  seeking = false;
  error = null;
  defaultPlaybackRate = 1;
  #rate = 1;
  #seconds = 0;

  constructor(seconds) {
    super();
    this.duration = seconds;
  }

  get currentTime() {
    return this.#seconds;
  }

  set currentTime(seconds) {
    this.#seconds = seconds;
    this.ended = false;
    this.#tell("seeked");
  }

  get playbackRate() {
    return this.#rate;
  }

  set playbackRate(rate) {
    this.#rate = rate;
    this.#tell("ratechange");
  }

  async play() {
    if (this.ended) this.#seconds = 0;
    this.ended = false;
    this.paused = false;
    this.#tell("play");
  }

  pause() {
    if (this.paused) return;
    this.paused = true;
    this.#tell("pause");
  }

  /** Let so many seconds of the recording sound. */
  sound(seconds) {
    this.#seconds = Math.min(this.duration, this.#seconds + seconds);
    if (this.#seconds < this.duration) return this.#tell("timeupdate");
    this.ended = true;
    this.pause();
    return this.#tell("ended");
  }

  #tell(type) {
    this.dispatchEvent(new Event(type));
  }
}
