import { define, ServerElement } from "../lib/element.js";
import { barHeight, barTone } from "../live/level_words.js";

/** <vox-meter data-bars="18">: the last levels as bars, the newest on the right. Words beside it say the same. */
class Meter extends ServerElement {
  #levels = [];

  upgrade() {
    const bars = Array.from({ length: Number(this.dataset.bars) }, () => document.createElement("i"));
    this.replaceChildren(...bars);
    this.rest();
  }

  /** Take one level `{peak, clipping}` in. */
  show(level) {
    this.#levels.push(level);
    if (this.#levels.length > this.children.length) this.#levels.shift();
    this.#paint();
  }

  /** Nothing is listened to. */
  rest() {
    this.#levels = [];
    this.#paint();
  }

  #paint() {
    const first = this.children.length - this.#levels.length;
    for (const [index, bar] of [...this.children].entries()) {
      const level = this.#levels[index - first];
      bar.style.blockSize = `${level ? barHeight(level.peak) : 6}%`;
      bar.className = level ? `on ${barTone(level)}` : "";
    }
  }
}

define("vox-meter", Meter);
