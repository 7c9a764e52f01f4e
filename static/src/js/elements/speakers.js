import { UsedNames } from "../editor/used_names.js";
import { voiceRows } from "../editor/voice_rows.js";
import { passagesOf } from "../editor/voice_words.js";
import {
  addVoice,
  cleanName,
  colourVoice,
  mergeVoices,
  nameEverywhere,
  removeVoice,
  renameVoice,
  voiceOf,
  voicesOf,
} from "../editor/voices.js";
import { announce } from "../lib/announce.js";
import { define, ServerElement } from "../lib/element.js";
import "./speaker_menu.js";
import { offerUndo } from "./undo_offer.js";
import { watchDrags } from "./voice_drag.js";
import { VoiceRow } from "./voice_row.js";

/** Longer than a burst of typing, shorter than a glance at the list. */
const SHOW_AFTER_MS = 200;

/**
 * <vox-speakers>: who speaks, how much, and with which key. The server's rows, which are plain forms, give way to
 * rows read from the document as soon as that is open.
 */
class Speakers extends ServerElement {
  #rows = new Map();
  #isDue = false;

  upgrade(scope) {
    this.page = this.closest("vox-transcript");
    this.used = new UsedNames(this.page.dataset.code);
    scope.listen(this.page, "editor-ready", () => this.#show());
    scope.listen(this.page, "editor-changed", () => this.#showSoon());
    scope.listen(this, "keydown", (event) => this.#key(event));
    scope.listen(this, "change", (event) => this.#change(event));
    scope.listen(this, "click", (event) => this.#click(event));
    watchDrags(this, scope, (id, into) => this.merge(id, into));
    if (this.editor) this.#show();
  }

  /** The editor of the open document, or null while there is none. */
  get editor() {
    const editor = this.page.querySelector("vox-editor");
    return editor?.view ? editor : null;
  }

  /** The rows are the document's then: what the server shows has to wait. */
  get typing() {
    return this.editor !== null || this.contains(document.activeElement);
  }

  get #menu() {
    return this.querySelector("vox-speaker-menu");
  }

  // -- showing -----------------------------------------------------------------------------------

  #showSoon() {
    if (this.#isDue) return;
    this.#isDue = true;
    this.scope.after(SHOW_AFTER_MS, () => {
      this.#isDue = false;
      if (this.editor) this.#show();
    });
  }

  #show() {
    const rows = voiceRows(this.editor.view.state.doc);
    this.part("tools")?.toggleAttribute("hidden", !this.editor.canEdit);
    if (!rows.length && !this.#rows.size) return;
    this.part("rows").setAttribute("role", "list");
    putInOrder(
      this.part("rows"),
      rows.map((row) => this.#element(row)),
    );
    for (const id of this.#rows.keys()) if (!rows.some((row) => row.id === id)) this.#rows.delete(id);
  }

  #element(row) {
    if (!this.#rows.has(row.id)) {
      const made = this.part("row").content.firstElementChild.cloneNode(true);
      this.#rows.set(row.id, new VoiceRow(made));
    }
    const known = this.#rows.get(row.id);
    known.show(row, this.editor.canEdit);
    return known.element;
  }

  // -- doing -------------------------------------------------------------------------------------

  /** Run a command of editor/voices.js; says whether it did something, and shows it at once. */
  #do(command) {
    const { view } = this.editor;
    const isDone = this.editor.canEdit && command(view.state, view.dispatch);
    if (isDone) this.#show();
    return isDone;
  }

  rename(id, name) {
    const clean = cleanName(name);
    // Two people may have the same name: the list only names, it never makes two voices one by itself.
    if (!this.#do(id ? renameVoice(id, clean) : nameEverywhere("", clean))) return this.#show();
    this.used.add(clean);
    return announce(`${clean || "The number of the speaker"} everywhere now.`);
  }

  merge(id, into) {
    const { doc } = this.editor.view.state;
    const [before, after] = [voiceOf(doc, id), voiceOf(doc, into)];
    const passages = passagesOf(doc, id);
    if (!before || !after || !this.#do(mergeVoices(id, into))) return;
    offerUndo(this.editor, `${before.shown} is ${after.shown} now, in ${passages}.`);
    this.#rows.get(into)?.focus();
  }

  colour(id, hue) {
    this.#do(colourVoice(id, hue));
  }

  remove(id) {
    const gone = voiceOf(this.editor.view.state.doc, id);
    if (this.#do(removeVoice(id))) offerUndo(this.editor, `${gone.shown} was removed.`);
  }

  #add() {
    if (!this.#do(addVoice())) return;
    this.#rows.get(voicesOf(this.editor.view.state.doc).at(-1).id).focus();
  }

  /** Play the longest passage of a voice: enough to know who it is. */
  listen(id) {
    let longest = null;
    const length = ({ attrs }) => attrs.end_ms - attrs.start_ms;
    this.editor.view.state.doc.descendants((node) => {
      if (node.type.name !== "segment") return true;
      if (node.attrs.speaker === id && (!longest || length(node) > length(longest))) longest = node;
      return false;
    });
    if (!longest) return;
    this.page.player.seek(longest.attrs.start_ms);
    this.page.player.play();
  }

  // -- hearing the person ------------------------------------------------------------------------

  #change({ target }) {
    const row = target.closest("[data-voice]");
    if (row && this.editor && target.matches("input.plain")) this.rename(row.dataset.voice, target.value);
  }

  #click(event) {
    if (event.target.closest('[data-part="add"]')) this.#add();
    const more = event.target.closest('[data-part="more"], [data-part="grip"]');
    if (more) this.#menu.open(more, more.closest("[data-voice]").dataset.voice, this);
  }

  #key(event) {
    if (!event.target.matches("input.plain") || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const fields = [...this.querySelectorAll("input.plain")];
      fields[fields.indexOf(event.target) + step]?.focus();
      event.preventDefault();
    }
    if (event.key === "Escape") event.target.value = event.target.defaultValue;
    // Without an editor Enter sends the form, as it does without a script.
    if (event.key === "Escape" || (event.key === "Enter" && this.editor)) event.target.blur();
  }
}

function putInOrder(place, elements) {
  const isSame = elements.every((element, at) => place.children[at] === element);
  if (!isSame || place.children.length !== elements.length) place.replaceChildren(...elements);
}

define("vox-speakers", Speakers);
