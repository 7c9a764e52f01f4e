/** Slows the recording down while somebody types, and lets it go on when the keys rest. */

const EASED = 0.7;
const REST_MS = 1_200;

export class TypingPace {
  #enabled = false;
  #timer = null;

  constructor(player, scope) {
    this.player = player;
    scope.add(() => this.#goOn());
  }

  /** A key was pressed that changes the text. */
  typed() {
    if (!this.#enabled || !this.player.playing) return;
    clearTimeout(this.#timer);
    this.player.ease(EASED);
    this.#timer = setTimeout(() => this.#goOn(), REST_MS);
  }

  get enabled() {
    return this.#enabled;
  }

  set enabled(enabled) {
    this.#enabled = enabled;
    if (!enabled) this.#goOn();
  }

  #goOn() {
    clearTimeout(this.#timer);
    this.player.ease(1);
  }
}
