/** Says when somebody pauses while typing, and while they do not, now and then. */

const PAUSE_MS = 30;
const LONGEST_MS = 250;

export class TypingPause {
  #pause = null;
  #longest = null;

  constructor({ wait, paused }) {
    Object.assign(this, { wait, paused });
  }

  /** Somebody types, and it has not been said yet that they paused. */
  get isOpen() {
    return this.#longest !== null;
  }

  typed() {
    this.#pause?.();
    this.#pause = this.wait(PAUSE_MS, this.paused);
    this.#longest ??= this.wait(LONGEST_MS, this.paused);
  }

  calm() {
    this.#pause?.();
    this.#longest?.();
    this.#pause = null;
    this.#longest = null;
  }
}
