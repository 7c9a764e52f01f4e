import { define, ServerElement } from "../lib/element.js";

const EDGE = 12;

/** <vox-rename>: a small form beside a name in the text; a new name goes everywhere at once. */
class RenameHere extends ServerElement {
  upgrade(scope) {
    this.form = this.querySelector("form");
    this.input = this.form.elements.name;
    scope.listen(this.form, "submit", (event) => this.#submit(event));
  }

  /** Open beside `button`; `rename(id, name)` does the work and may throw. */
  open(button, rename) {
    this.button = button;
    this.rename = rename;
    this.part("error").textContent = "";
    this.input.value = button.textContent;
    this.form.showPopover();
    this.#place(button.getBoundingClientRect());
    this.input.select();
  }

  #place(box) {
    const { offsetWidth, offsetHeight } = this.form;
    const left = Math.min(Math.max(EDGE, box.left), innerWidth - offsetWidth - EDGE);
    const below = box.bottom + 6;
    const top = below + offsetHeight > innerHeight - EDGE ? box.top - offsetHeight - 6 : below;
    this.form.style.setProperty("left", `${left}px`);
    this.form.style.setProperty("top", `${top}px`);
  }

  async #submit(event) {
    event.preventDefault();
    try {
      await this.rename(this.button.dataset.speaker, this.input.value.trim());
      this.form.hidePopover();
    } catch (error) {
      this.part("error").textContent = error.message;
    }
  }
}

define("vox-rename", RenameHere);
