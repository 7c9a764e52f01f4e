import { choosePlayback, playbackChoices } from "../audio/playback_choices.js";
import { define, ServerElement } from "../lib/element.js";

const EDGE_PX = 12;

/** <vox-playback>: how somebody likes to listen, in a small window above its button. Tells `playback-chosen`. */
class Playback extends ServerElement {
  upgrade(scope) {
    this.window = this.querySelector("[popover]");
    this.button = this.part("choices");
    this.fields = {
      stepBackMs: this.part("step-back"),
      slowSpeed: this.part("slow-speed"),
      slowsForTyping: this.part("slows-for-typing"),
    };
    this.show(playbackChoices());
    for (const [name, field] of Object.entries(this.fields)) {
      scope.listen(field, "change", () => this.#choose({ [name]: chosenIn(field) }));
    }
    scope.listen(window, "resize", () => this.#place());
    scope.listen(this.window, "toggle", () => this.#place());
  }

  /** The times of a passage can be set here too, for fingers and for who looks for it. */
  edit(editor, scope) {
    const show = () => this.part("times").toggleAttribute("hidden", !editor.canEdit);
    scope.listen(editor.editing, "role", show);
    scope.listen(this.part("times"), "click", ({ target }) => {
      const name = target.closest("[data-edit]")?.dataset.edit;
      if (name) editor.run(name);
    });
    show();
  }

  toggle() {
    this.window.togglePopover();
  }

  show(choices) {
    const { stepBackMs, slowSpeed, slowsForTyping } = this.fields;
    stepBackMs.value = String(choices.stepBackMs);
    slowSpeed.value = String(choices.slowSpeed);
    slowsForTyping.checked = choices.slowsForTyping;
  }

  #choose(changed) {
    this.tell("playback-chosen", choosePlayback(changed));
  }

  /** Above the player, in line with its button. */
  #place() {
    if (!this.window.matches(":popover-open")) return;
    const { right } = this.button.getBoundingClientRect();
    const { top } = this.closest("vox-dock").getBoundingClientRect();
    this.window.style.setProperty("inset-block-end", `${innerHeight - top + 6}px`);
    this.window.style.setProperty("inset-inline-end", `${Math.max(EDGE_PX, innerWidth - right)}px`);
  }
}

const chosenIn = (field) => (field.type === "checkbox" ? field.checked : Number(field.value));

define("vox-playback", Playback);
