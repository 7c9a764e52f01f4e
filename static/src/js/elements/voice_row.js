import { ownKeys } from "../editor/key_choice.js";
import { shownKeys } from "../editor/key_names.js";
import { UNKNOWN_VOICE } from "../editor/voices.js";
import { lengthClock } from "../transcript/timecode.js";

/** One row of the list of speakers; writes to the page only what is another value now. */
export class VoiceRow {
  #shown = {};

  constructor(element) {
    this.element = element;
    this.parts = Object.fromEntries(
      [...element.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
    );
  }

  focus() {
    this.parts.name.focus();
    this.parts.name.select?.();
  }

  /** `row` is one of `voiceRows`. */
  show(row, canEdit) {
    const before = this.#shown;
    this.parts.name.toggleAttribute("readonly", !canEdit);
    if (Object.keys(row).every((name) => before[name] === row[name])) return;
    this.#shown = row;
    this.element.dataset.voice = row.id;
    if (before.hue !== row.hue) this.element.className = `sp hue-${row.hue}${row.id ? "" : " nobody"}`;
    if (before.shown !== row.shown || before.id !== row.id) this.#showName(row);
    this.#showShare(row);
    if (this.parts.key) this.#showKey(row);
  }

  #showName({ id, shown }) {
    const { name, more, grip } = this.parts;
    const isField = name.localName === "input";
    if (!isField) name.textContent = shown;
    else if (name !== document.activeElement) name.value = name.defaultValue = id ? shown : "";
    if (isField) {
      name.placeholder = UNKNOWN_VOICE;
      name.setAttribute("aria-label", `Name of ${shown}`);
    }
    more?.setAttribute("aria-label", `More about ${shown}`);
    grip?.setAttribute("aria-label", `Colour of ${shown}`);
  }

  #showShare({ shown, ms, percent, isUsed }) {
    const { share, time, percent: words } = this.parts;
    share.value = percent;
    share.setAttribute("aria-label", `${shown} speaks ${percent} % of the time`);
    time.textContent = isUsed ? lengthClock(ms) : "Does not speak";
    words.textContent = isUsed ? ` · ${percent} %` : "";
  }

  /** The number is shown as long as some key with it gives a turn to the voice. */
  #showKey({ key, shown }) {
    const name = ownKeys.bindings.keysOf(key === 0 ? "speaker0" : `turnSpeaker${key}`).at(0);
    this.parts.key.hidden = key === null || !name;
    if (this.parts.key.hidden) return;
    this.parts.key.textContent = key;
    this.parts.key.title = `${shownKeys(name, ownKeys.isMac).join(" ")}: ${shown} speaks where the caret is`;
  }
}
