import { restore } from "../history/restoring.js";
import { nextRow } from "../history/step_through.js";
import { define, ServerElement } from "../lib/element.js";
import { page as fetchPage } from "../lib/http.js";
import { commandFinder } from "../lib/key_commands.js";
import { toast } from "../lib/toast.js";

const KEYS = commandFinder([
  { keys: ["j", "n"], command: "next" },
  { keys: ["k", "p"], command: "previous" },
]);
const STEPS = { next: 1, previous: -1 };
/** Distance from the top of the window at which a row counts as the present one. */
const LINE = 96;

/** <vox-compare>: two versions side by side; steps from change to change, fetches more rows, restores. */
class Compare extends ServerElement {
  #row = null;

  upgrade(scope) {
    this.part("steps").hidden = false;
    scope.listen(this, "click", (event) => this.#clicked(event));
    scope.listen(this.part("choice"), "change", () => this.part("choice").submit());
    scope.listen(document, "keydown", (event) => this.#key(event));
    this.watcher = scope.observe(
      new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.#more(), {
        rootMargin: "800px",
      }),
    );
    this.#watchMore();
    this.#showPlace();
  }

  get changes() {
    return [...this.querySelectorAll(".cmp:not(.same)")];
  }

  // -- stepping ------------------------------------------------------------------------------------

  #key(event) {
    const step = STEPS[KEYS(event)];
    if (!step) return;
    event.preventDefault();
    this.#step(step);
  }

  async #step(step) {
    const rows = this.changes;
    const tops = rows.map((row) => row.getBoundingClientRect().top);
    const next = nextRow(tops, rows.indexOf(this.#row), step, { line: LINE, height: innerHeight });
    if (next >= 0) this.#goTo(rows[next]);
    else if (step > 0 && (await this.#more())) this.#step(step);
  }

  #goTo(row) {
    this.#row = row;
    row.focus({ preventScroll: true });
    scrollBy({ top: row.getBoundingClientRect().top - LINE });
    this.#showPlace();
  }

  /** Who has restored a row with a key goes on from the one that stands there now. */
  #stayAt(place) {
    this.#row = this.changes[place] ?? this.changes.at(-1) ?? null;
    (this.#row ?? this.part("summary")).focus({ preventScroll: true });
  }

  #showPlace() {
    const rows = this.changes;
    const number = rows.indexOf(this.#row) + 1;
    const more = this.part("more") ? "+" : "";
    this.part("place").textContent = number ? `${number} of ${rows.length}${more}` : "";
    for (const button of this.querySelectorAll("[data-step]")) button.disabled = !rows.length;
  }

  // -- more rows -----------------------------------------------------------------------------------

  #watchMore() {
    const more = this.part("more");
    if (more) this.watcher.observe(more);
  }

  /** Whether rows came. */
  async #more() {
    const place = this.part("more");
    if (!place || "isRead" in place.dataset) return false;
    place.dataset.isRead = "";
    this.watcher.unobserve(place);
    try {
      const url = place.querySelector("a").href;
      const fresh = await fetchPage(`${url}&rows`, { signal: this.scope.signal });
      place.replaceWith(...fresh.body.children);
      this.#watchMore();
      return true;
    } catch (error) {
      delete place.dataset.isRead;
      if (this.scope) toast(error.message);
      return false;
    }
  }

  // -- restoring -----------------------------------------------------------------------------------

  #clicked(event) {
    const step = event.target.closest("[data-step]");
    const back = event.target.closest("[data-restore]");
    const more = event.target.closest('[data-part="more"] a');
    if (step) this.#step(Number(step.dataset.step));
    if (more) event.preventDefault();
    if (more) this.#more();
    if (back) this.#restore(back);
  }

  #restore(button) {
    const wanted = { version: Number(button.dataset.restore), key: button.dataset.key ?? null };
    restore(this.dataset.api, wanted, { done: () => this.#refresh() });
  }

  /** Where the present text is shown the rows are other ones now. */
  async #refresh() {
    const url = new URL(location.href);
    const isNow = "rightIsNow" in this.dataset;
    if (!isNow) return;
    url.searchParams.set("b", "now");
    url.searchParams.set("a", this.dataset.left);
    const held = this.changes.findIndex((row) => row.contains(document.activeElement));
    try {
      const fresh = await fetchPage(url.href, { signal: this.scope.signal });
      for (const name of ["rows", "summary", "choice"]) {
        this.part(name).replaceChildren(...fresh.querySelector(`[data-part="${name}"]`).childNodes);
      }
      this.#row = null;
      this.#watchMore();
      if (held >= 0) this.#stayAt(held);
      this.#showPlace();
    } catch (error) {
      if (this.scope) toast(error.message);
    }
  }
}

define("vox-compare", Compare);
