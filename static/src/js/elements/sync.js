import { refusedWords, spokenWords, syncWords } from "../editor/sync_state.js";
import { define, ServerElement } from "../lib/element.js";
import { setHidden, setText } from "../lib/only_changes.js";
import { toast } from "../lib/toast.js";

/** A line that comes back at once was no trouble. */
const GRACE_MS = 2_000;
/** Between two keys everything is saved for a moment; nobody wants to see the word change at each of them. */
const SETTLED_MS = 500;

/** <vox-sync>: how safe is what one types, in a word beside the title. */
class Sync extends ServerElement {
  #shown = "";
  #later = null;

  upgrade(scope) {
    const page = this.closest("vox-transcript");
    scope.listen(page, "editor-ready", ({ detail }) => this.#connect(detail.editing, scope));
    scope.listen(this.part("go"), "click", () => document.getElementById("unsaved")?.focus());
  }

  #connect(editing, scope) {
    this.editing = editing;
    for (const type of ["sync", "role"]) scope.listen(editing, type, () => this.#changed());
    scope.listen(editing, "refused", ({ detail }) => toast(refusedWords(detail.count)));
    scope.listen(window, "beforeunload", (event) => this.#hold(event));
    this.#changed();
  }

  #changed() {
    const { state } = syncWords(this.editing.sync);
    if (this.#later?.state === state) return;
    this.#later?.cancel();
    const ms = this.#delay(state);
    this.#later = ms ? { state, cancel: this.scope.after(ms, () => this.#show()) } : null;
    if (!ms) this.#show();
  }

  /** What is better than it was may be shown late, and so may trouble that is mostly over soon. */
  #delay(state) {
    if (state === this.#shown) return 0;
    if (state === "offline") return GRACE_MS;
    return state === "saved" && this.#shown === "saving" ? SETTLED_MS : 0;
  }

  #show() {
    this.#later = null;
    const { state, text } = syncWords(this.editing.sync);
    const isQuiet = !this.editing.canEdit && (state === "saved" || state === "saving");
    const spoken = spokenWords(state, text, this.#shown);
    if (spoken) this.part("status").textContent = spoken;
    setHidden(this, isQuiet);
    if (this.dataset.state !== state) this.dataset.state = state;
    this.#write(text);
    setHidden(this.part("go"), state !== "unsaved");
    this.#shown = state;
  }

  #write(text) {
    setText(this.part("word"), text);
    if (this.title !== text) this.title = text;
  }

  /** The browser asks before it closes a page with typing that is nowhere else. */
  #hold(event) {
    const { pending, isUnkept } = this.editing.sync;
    if (pending && isUnkept) event.preventDefault();
  }
}

define("vox-sync", Sync);
