import { insertAgain } from "../editor/insert_again.js";
import { rescueWords } from "../editor/sync_state.js";
import { define, ServerElement } from "../lib/element.js";
import { setHidden } from "../lib/only_changes.js";
import { toast } from "../lib/toast.js";

/** <vox-unsaved>: text that could not be saved, until somebody has seen it; and when the page is too old to save. */
class Unsaved extends ServerElement {
  #cards = new Map();

  upgrade(scope) {
    const page = this.closest("vox-transcript");
    scope.listen(page, "editor-ready", ({ detail }) => this.#connect(detail, scope));
    scope.listen(this.part("reload"), "click", () => this.#reload());
  }

  #connect(editor, scope) {
    this.editor = editor;
    for (const type of ["sync", "role"]) scope.listen(editor.editing, type, () => this.#show());
    this.#show();
  }

  #show() {
    const { rescued, isOutdated, stuck, ended } = this.editor.editing.sync;
    setHidden(this.part("outdated"), !isOutdated);
    setHidden(this.part("signed-out"), ended !== 4401 && stuck?.status !== 401);
    const left = new Set(rescued.map(({ id }) => id));
    for (const [id, card] of this.#cards) if (!left.has(id)) this.#drop(id, card);
    for (const kept of rescued) if (!this.#cards.has(kept.id)) this.#add(kept);
  }

  #add(kept) {
    const card = this.part("card").content.firstElementChild.cloneNode(true);
    const part = (name) => card.querySelector(`[data-part="${name}"]`);
    const text = kept.texts.join("\n");
    part("why").textContent = rescueWords(kept);
    part("text").textContent = text;
    for (const name of ["text", "copy", "insert"]) part(name).hidden = !text;
    this.scope.listen(part("copy"), "click", () => this.#copy(text));
    this.scope.listen(part("insert"), "click", () => this.#insert(kept.id, text));
    this.scope.listen(part("dismiss"), "click", () => this.editor.editing.dismiss(kept.id));
    this.#cards.set(kept.id, card);
    this.part("cards").append(card);
  }

  #drop(id, card) {
    card.remove();
    this.#cards.delete(id);
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied.");
    } catch {
      toast("The browser did not allow copying. Select the text and copy it yourself.");
    }
  }

  /** It counts as seen only when it is in the text. */
  #insert(id, text) {
    const { view, canEdit, editing } = this.editor;
    const tr = canEdit && insertAgain(view.state, text);
    if (!tr) return toast("There is no place for it here. Copy it instead.");
    view.dispatch(tr);
    view.focus();
    return editing.dismiss(id);
  }

  async #reload() {
    await this.editor.editing.flush();
    location.reload();
  }
}

define("vox-unsaved", Unsaved);
