import { define, ServerElement } from "../lib/element.js";
import { remember, remembered } from "../lib/remember.js";

const WIDTH_KEY = "voxweb:panel-width";
const CLOSED_KEY = "voxweb:panel-closed";
const NARROWEST = 240;
const WIDEST = 720;
const KEY_STEP = 24;

/** <vox-panel>: tabs at the side; a sheet from below on a phone. The page's toggle opens and closes it. */
class Panel extends ServerElement {
  upgrade(scope) {
    this.page = this.closest("vox-transcript");
    this.toggle = this.page.querySelector('[data-part="panel-toggle"]');
    this.sheet = matchMedia("(width < 60rem)");
    this.#tabs(scope);
    this.#openAndClose(scope);
    this.#grip(scope);
  }

  get open() {
    return this.sheet.matches ? this.hasAttribute("data-sheet") : !this.page.hasAttribute("data-no-panel");
  }

  set open(open) {
    if (this.sheet.matches) this.#openSheet(open);
    else {
      this.page.toggleAttribute("data-no-panel", !open);
      remember(CLOSED_KEY, open ? "" : "1");
    }
    this.#say();
  }

  /** Bring a tab into view: its panel opens. */
  show(tabId) {
    select([...this.querySelectorAll('[role="tab"]')], this.querySelector(`#${tabId}`));
    this.open = true;
  }

  #openSheet(open) {
    const hadFocus = this.contains(document.activeElement);
    this.toggleAttribute("data-sheet", open);
    if (open) this.querySelector('[role="tab"][aria-selected="true"]').focus();
    else if (hadFocus) this.toggle.focus();
  }

  #openAndClose(scope) {
    this.toggle.setAttribute("role", "button");
    this.page.toggleAttribute("data-no-panel", Boolean(remembered(CLOSED_KEY)));
    this.#say();
    scope.listen(this.toggle, "click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.open = !this.open;
    });
    scope.listen(this.toggle, "keydown", (event) => {
      if (event.key === " ") this.toggle.click();
    });
    scope.listen(this.part("close"), "click", () => this.#close());
    scope.listen(
      document,
      "click",
      (event) => this.sheet.matches && !this.contains(event.target) && this.#close(),
    );
    scope.listen(this, "keydown", (event) => this.sheet.matches && event.key === "Escape" && this.#close());
    scope.listen(this.sheet, "change", () => this.#say());
  }

  #close() {
    if (this.open) this.open = false;
  }

  #say() {
    this.toggle.setAttribute("aria-expanded", String(this.open));
  }

  #tabs(scope) {
    const tabs = [...this.querySelectorAll('[role="tab"]')];
    scope.listen(this.querySelector('[role="tablist"]'), "click", (event) => {
      const tab = event.target.closest('[role="tab"]');
      if (tab) select(tabs, tab);
    });
    scope.listen(this.querySelector('[role="tablist"]'), "keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = tabs.at((tabs.indexOf(event.target) + step) % tabs.length);
      select(tabs, next);
      next.focus();
    });
  }

  #grip(scope) {
    const grip = this.part("grip");
    this.#setWidth(Number(remembered(WIDTH_KEY)) || this.offsetWidth);
    scope.listen(grip, "pointerdown", (event) => grip.setPointerCapture(event.pointerId));
    scope.listen(grip, "pointermove", (event) => {
      if (grip.hasPointerCapture(event.pointerId)) this.#setWidth(innerWidth - event.clientX);
    });
    scope.listen(grip, "keydown", (event) => {
      const step = { ArrowLeft: KEY_STEP, ArrowRight: -KEY_STEP }[event.key];
      if (!step) return;
      event.preventDefault();
      this.#setWidth(this.offsetWidth + step);
    });
  }

  #setWidth(pixels) {
    if (!pixels || this.sheet.matches) return;
    const width = Math.round(Math.min(WIDEST, innerWidth / 2, Math.max(NARROWEST, pixels)));
    this.page.style.setProperty("--panel-width", `${width}px`);
    this.part("grip").setAttribute("aria-valuenow", width);
    remember(WIDTH_KEY, width);
  }
}

function select(tabs, chosen) {
  for (const tab of tabs) {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
  }
}

define("vox-panel", Panel);
