import { define, ServerElement } from "../lib/element.js";
import { takeClock } from "../live/record_view.js";

/**
 * <vox-mark-note>: the optional note of the mark that was just set.
 *
 * Enter keeps it, Escape leaves the mark without one; either way the focus goes back. Tells "note" {key, note}.
 */
class MarkNote extends ServerElement {
  #key = "";
  #before = null;

  upgrade(scope) {
    this.form = this.part("form");
    scope.listen(this.form, "submit", (event) => {
      event.preventDefault();
      this.close();
    });
    scope.listen(this.form, "keydown", (event) => event.key === "Escape" && this.close({ keep: false }));
    scope.listen(this.part("close"), "click", () => this.close({ keep: false }));
  }

  /** A note that was being written for another mark is kept first. */
  open(key, atMs) {
    const before = this.form.hidden ? document.activeElement : this.#before;
    this.close();
    this.#key = key;
    this.#before = before;
    this.part("label").textContent = `Marked at ${takeClock(atMs)}`;
    this.form.hidden = false;
    this.part("note").focus();
  }

  close({ keep = true } = {}) {
    if (this.form.hidden) return;
    const note = this.part("note").value.trim();
    if (keep && note) this.tell("note", { key: this.#key, note });
    this.part("note").value = "";
    this.form.hidden = true;
    this.#before?.focus();
  }
}

define("vox-mark-note", MarkNote);
