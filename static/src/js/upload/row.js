import { rowView } from "./row_view.js";

const BUTTONS = ["open", "again", "retry", "pause", "resume", "cancel"];

/** The row of one file on the page: made from the template, painted from its item. */
export class UploadRow {
  constructor(template, item, on) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.item = item;
    this.#part("name").textContent = item.name;
    for (const name of BUTTONS) {
      const button = this.#part(name);
      if (button.title) button.ariaLabel = `${button.title}: ${item.name}`;
      if (on[name]) button.addEventListener("click", () => on[name](item));
    }
  }

  paint() {
    const { note, bar, bad = false, buttons } = rowView(this.item);
    this.#part("note").textContent = note;
    this.#part("note").classList.toggle("bad", bad);
    this.#paintBar(bar);
    this.#paintButtons(buttons);
    if (this.item.href) this.#part("open").href = this.item.href;
  }

  #part(name) {
    return this.element.querySelector(`[data-part="${name}"]`);
  }

  #paintBar(value) {
    const bar = this.#part("bar");
    bar.hidden = value === null;
    bar.ariaLabel = `Progress of ${this.item.name}`;
    if (typeof value === "number") bar.value = value;
    else bar.removeAttribute("value");
  }

  /** A button that vanishes under the focus hands it to the first that is left. */
  #paintButtons(shown) {
    const focused = document.activeElement;
    for (const name of BUTTONS) this.#part(name).hidden = !shown.includes(name);
    const lost = focused.hidden && this.element.contains(focused);
    if (lost) this.element.querySelector(".upload-actions > :not([hidden])")?.focus();
  }
}
