import { define, ServerElement } from "../lib/element.js";

/** On a phone the navigation lies at the foot of the screen. */
const FOOT_PX = 72;

/** <vox-menu> around <details class="menu">: closes on Escape, on a click elsewhere, and on choosing. */
class Menu extends ServerElement {
  upgrade(scope) {
    this.details = this.querySelector("details");
    scope.listen(document, "click", (event) => this.#clicked(event));
    scope.listen(this, "keydown", (event) => this.#key(event));
    scope.listen(this.details, "toggle", () => this.#toggled());
  }

  close({ focus = false } = {}) {
    this.details.open = false;
    if (focus) this.details.querySelector("summary").focus();
  }

  get #items() {
    return [...this.querySelectorAll(".menu-list :is(a, button)")];
  }

  #clicked(event) {
    const inside = this.details.contains(event.target);
    if (!inside || event.target.closest(".menu-list :is(a, button)")) this.close();
  }

  #toggled() {
    if (!this.details.open) return;
    const list = this.querySelector(".menu-list");
    list.classList.remove("up");
    list.classList.toggle("up", list.getBoundingClientRect().bottom > innerHeight - FOOT_PX);
  }

  #key(event) {
    if (!this.details.open) return;
    if (event.key === "Escape") this.close({ focus: true });
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = this.#items;
    const at = items.indexOf(document.activeElement);
    items.at((at + step + (at < 0 && step < 0 ? 1 : 0)) % items.length)?.focus();
  }
}

define("vox-menu", Menu);
