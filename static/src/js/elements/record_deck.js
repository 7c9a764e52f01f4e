import { define, ServerElement } from "../lib/element.js";
import { LevelWords } from "../live/level_words.js";
import { takeClock } from "../live/record_view.js";

const BUTTONS = ["record", "pause", "stop", "mark"];

/** <vox-record-deck>: meter, clock and the large buttons. Tells "deck-command" {name} of a button. */
class RecordDeck extends ServerElement {
  #facts = "";
  #shownSecond = "";

  upgrade(scope) {
    this.meter = this.querySelector("vox-meter");
    scope.listen(this, "click", (event) => {
      const name = event.target.closest("[data-command]")?.dataset.command;
      if (name) this.tell("deck-command", { name });
    });
  }

  /** Offer these buttons only; the one for pausing also goes on. */
  offer(buttons, isPaused) {
    for (const name of BUTTONS) this.part(name).hidden = !buttons.includes(name);
    this.part("pause-label").textContent = isPaused ? "Go on recording" : "Pause";
  }

  /** What is recorded, and who writes the captions. */
  name(source, soundName, facts = "") {
    this.words = new LevelWords(source);
    this.part("device-name").textContent = soundName;
    this.#facts = facts;
    this.#say({ tone: "", text: facts });
  }

  /** Levels as bars; in words only where something is wrong, because captions show the rest. */
  heard(level) {
    this.meter.show(level);
    const said = this.words?.hear(level, performance.now());
    if (said) this.#say(said.tone === "warn" ? said : { tone: "", text: this.#facts });
  }

  /** Nothing is listened to any more. */
  rest() {
    this.meter.rest();
    this.#say({ tone: "", text: this.#facts });
  }

  tick(capturedMs) {
    const second = takeClock(capturedMs);
    if (second === this.#shownSecond) return;
    this.#shownSecond = second;
    this.part("clock").textContent = second;
  }

  focus(name) {
    this.part(name).focus();
  }

  #say({ tone, text }) {
    const place = this.part("deck-words");
    if (place.textContent !== text) place.textContent = text;
    place.dataset.tone = tone;
  }
}

define("vox-record-deck", RecordDeck);
