import { announce } from "../lib/announce.js";
import { define, ServerElement } from "../lib/element.js";
import { Scope } from "../lib/scope.js";
import { countRows, showResults } from "./results.js";

const PAUSE_MS = 200;

/** <vox-search>: the search form answers while typing; `/` leads to it and Escape clears it. */
class Search extends ServerElement {
  #latest = new Scope();

  upgrade(scope) {
    this.box = this.part("query");
    scope.add(() => this.#latest.close());
    scope.listen(this.box, "input", () => this.#soon());
    scope.listen(this.querySelector("form"), "submit", (event) => this.#submit(event));
    scope.listen(this.box, "keydown", (event) => this.#escape(event));
    scope.listen(document, "keydown", (event) => this.#slash(event));
  }

  #renew() {
    this.#latest.close();
    this.#latest = new Scope();
    return this.#latest;
  }

  #soon() {
    const turn = this.#renew();
    turn.after(PAUSE_MS, () => this.#search(turn));
  }

  #submit(event) {
    event.preventDefault();
    this.#search(this.#renew());
  }

  async #search(turn) {
    const url = new URL(location.pathname, location.origin);
    const query = this.box.value.trim();
    if (query) url.searchParams.set("q", query);
    try {
      await showResults(url, turn.signal);
    } catch (error) {
      if (!turn.closed) announce(error.message, { visible: true });
      return;
    }
    history.replaceState(null, "", url);
    if (query) announce(`${countRows()} found`);
  }

  #escape(event) {
    if (event.key !== "Escape" || !this.box.value) return;
    event.preventDefault();
    this.box.value = "";
    this.#search(this.#renew());
  }

  #slash(event) {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.box.focus();
    this.box.select();
  }
}

define("vox-search", Search);
