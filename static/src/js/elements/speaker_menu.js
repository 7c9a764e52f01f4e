import { isUsed, voiceOf, voicesOf } from "../editor/voices.js";
import { define, ServerElement } from "../lib/element.js";
import { placeBeside } from "./place_beside.js";

/** <vox-speaker-menu>: colour, merging and removing of one voice, beside its row in the list of speakers. */
class SpeakerMenu extends ServerElement {
  upgrade(scope) {
    this.box = this.part("box");
    scope.listen(this.box, "change", (event) => this.list.colour(this.voice, Number(event.target.value)));
    scope.listen(this.box, "click", (event) => this.#click(event));
    scope.listen(window, "resize", () => this.box.matches(":popover-open") && this.#place());
    scope.listen(this.box, "keydown", (event) => this.#walk(event));
  }

  /** Open beside `button` for the voice with this id; `list` is the list of speakers, which does the work. */
  open(button, id, list) {
    this.voice = id;
    this.button = button;
    this.list = list;
    this.#show(list.editor.view.state.doc);
    this.box.showPopover();
    this.#place();
    (this.box.querySelector("input:checked") ?? this.box.querySelector("input")).focus();
  }

  #show(doc) {
    const { shown, hue } = voiceOf(doc, this.voice);
    const others = voicesOf(doc).filter(({ id }) => id !== this.voice);
    const speaks = isUsed(doc, this.voice);
    this.box.setAttribute("aria-label", `About ${shown}`);
    for (const swatch of this.box.querySelectorAll("input")) swatch.checked = Number(swatch.value) === hue;
    this.part("others").replaceChildren(...others.map(mergeButton));
    this.part("merging").hidden = !others.length;
    this.part("listen").hidden = !speaks || !this.list.page.player;
    this.part("remove").hidden = speaks;
  }

  #place() {
    placeBeside(this.box, this.button.getBoundingClientRect(), { gap: 4, isAtEnd: true });
  }

  #click({ target }) {
    const into = target.closest("[data-into]")?.dataset.into;
    if (into) this.#then(() => this.list.merge(this.voice, into));
    if (target.closest('[data-part="remove"]')) this.#then(() => this.list.remove(this.voice));
    if (target.closest('[data-part="listen"]')) this.list.listen(this.voice);
  }

  #then(work) {
    this.box.hidePopover();
    work();
  }

  /** Up and down go through the actions; left and right through the colours, as with every group of choices. */
  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const checked = this.box.querySelector("input:checked");
    const actions = [...this.box.querySelectorAll("button")].filter((button) => button.checkVisibility());
    const stops = [checked ?? this.box.querySelector("input"), ...actions];
    const at = Math.max(0, stops.indexOf(document.activeElement));
    stops.at((at + step) % stops.length).focus();
  }
}

function mergeButton({ id, shown, hue }) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "menu-item" });
  button.dataset.into = id;
  button.classList.add(`hue-${hue}`);
  const dot = Object.assign(document.createElement("span"), { className: "dot" });
  const name = Object.assign(document.createElement("span"), { className: "truncate", textContent: shown });
  button.append(dot, name);
  return button;
}

define("vox-speaker-menu", SpeakerMenu);
