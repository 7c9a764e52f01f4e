import { isTakenBack, placeOf, putWords, reversed, wordsOf } from "../editor/conflicts.js";
import { posOfSegment } from "../editor/segments.js";
import { showSelection } from "../editor/show_selection.js";
import { announce } from "../lib/announce.js";
import { define, ServerElement } from "../lib/element.js";
import { json } from "../lib/http.js";
import { setHidden, setText } from "../lib/only_changes.js";
import { toast } from "../lib/toast.js";

const AROUND_MS = 300;
const CHOICES = { 1: "hide", 2: "use", 3: "both" };
const SAID = { hide: "Kept yours.", use: "Took the new words.", both: "Kept both." };

/** <vox-conflicts>: leads through the places where a new pass heard something else than a person wrote. */
class Conflicts extends ServerElement {
  #editor = null;
  #form = null;
  /** Choices made on this page, the last one at the end: `{conflict, form, words, before, after}`. */
  #answers = [];
  /** By form: the last request about it. */
  #told = new WeakMap();

  upgrade(scope) {
    this.page = this.closest("vox-transcript");
    scope.listen(this.page, "editor-ready", ({ detail }) => this.#open(detail));
    scope.listen(this.page, "readings-changed", () => this.#show());
    scope.listen(this.page, "editor-changed", ({ detail }) => this.#textChanged(detail.ids));
    scope.listen(this.page, "submit", (event) => this.#submitted(event));
    scope.listen(this.page, "keydown", (event) => this.#key(event));
    scope.listen(this.page, "focusin", ({ target }) => this.#focused(target));
    scope.listen(this, "click", ({ target }) => this.#clicked(target.closest("button")));
    if (this.page.text?.view) this.#open(this.page.text);
  }

  #open(editor) {
    this.#editor = editor;
    this.#show();
  }

  get forms() {
    return this.#editor ? [...this.#editor.querySelectorAll("form.other")] : [];
  }

  get isOn() {
    return this.hasAttribute("data-on");
  }

  // -- from one to the next ------------------------------------------------------------------------

  /** Go to the next (1) or previous (-1) place, and play it. */
  go(step) {
    const form = this.#beside(step);
    if (!form) return this.#end();
    this.toggleAttribute("data-on", true);
    this.#at(form);
    return null;
  }

  #at(form) {
    this.#form = form;
    this.#select(conflictOf(form));
    form.focus({ preventScroll: true });
    this.#play(form);
    this.#show();
  }

  #beside(step) {
    const { forms } = this;
    const here = forms.indexOf(this.#form);
    if (here >= 0) return forms[(here + step + forms.length) % forms.length];
    const pos = this.#editor.view.state.selection.head;
    const behind = forms.findIndex((form) => posOfSegment(this.#editor.doc, form.dataset.key) >= pos - 1);
    return forms.at(step > 0 ? Math.max(behind, 0) : behind - 1);
  }

  #select(conflict) {
    const place = placeOf(this.#editor.doc, conflict);
    const start = posOfSegment(this.#editor.doc, conflict.key) + 1;
    this.#editor.select(start + (place?.from ?? 0), start + (place?.to ?? 0));
    showSelection(this.#editor);
  }

  #play({ dataset }) {
    const from = Math.max(0, Number(dataset.start) - AROUND_MS);
    this.#editor.player?.playSpan(from, Number(dataset.end) + AROUND_MS);
  }

  #end() {
    this.toggleAttribute("data-on", false);
    this.#form = null;
    this.#show();
    this.#editor.view.focus();
    if (!this.forms.length) announce("Every conflict is settled.", { visible: this.#answers.length > 0 });
  }

  // -- choosing ------------------------------------------------------------------------------------

  #submitted(event) {
    const form = event.target.closest("form.other");
    if (!form || !this.#editor) return;
    event.preventDefault();
    this.#form = form;
    this.choose(event.submitter.value);
  }

  /** `hide` keeps what stands there, `use` takes the new words, `both` has one behind the other. */
  choose(choice) {
    const form = this.#form;
    if (!form?.isConnected || !this.#editor.canEdit) return;
    const conflict = conflictOf(form);
    const words = wordsOf(choice, conflict);
    const before = this.#textOf(conflict.key);
    if (words !== null && !this.#put(conflict, words)) {
      form.classList.add("lost");
      announce(form.querySelector('[data-part="lost"]').textContent);
      return;
    }
    const next = this.#beside(1);
    this.#answers.push({ conflict, form, words, before, after: this.#textOf(conflict.key) });
    this.#editor.readings.drop(form);
    this.#tell(form, "hide");
    announce(`${SAID[choice]} ${this.forms.length} left.`);
    if (this.isOn && next !== form) this.#at(next);
    else this.#end();
  }

  #put(conflict, words) {
    const tr = putWords(this.#editor.view.state, conflict, words);
    if (tr) this.#editor.view.dispatch(tr);
    return Boolean(tr);
  }

  #textOf(key) {
    return this.#editor.doc.nodeAt(posOfSegment(this.#editor.doc, key))?.textContent ?? "";
  }

  /** A choice and its taking back must not overtake each other on their way. */
  #tell(form, action) {
    const before = Promise.resolve(this.#told.get(form));
    this.#told.set(
      form,
      before.then(() => this.#send(form, action)),
    );
  }

  async #send(form, action) {
    const { key, reading } = form.dataset;
    const url = `${this.page.dataset.api}/segments/${key}/readings/${reading}`;
    try {
      await json(url, { method: "POST", data: { action } });
    } catch (error) {
      if (action === "hide") this.#editor.readings.add(form);
      toast(`The choice could not be saved. ${error.message}`);
    }
    this.#show();
  }

  // -- taking back ---------------------------------------------------------------------------------

  /** Undo of the last choice made here: its words come back, and so does the question. */
  takeBack() {
    const answer = this.#answers.pop();
    if (!answer) return;
    const { conflict, words } = answer;
    if (words !== null) this.#put(reversed(conflict, words), conflict.mine);
    this.#reopen(answer);
    this.toggleAttribute("data-on", true);
    this.#at(answer.form);
  }

  /** Undo in the text takes the choice back as well. */
  #textChanged(ids) {
    const undone = this.#answers.filter(
      ({ conflict: { key }, before, after }) =>
        ids.has(key) && isTakenBack(this.#editor.doc, { key, before, after }),
    );
    this.#answers = this.#answers.filter((answer) => !undone.includes(answer));
    for (const answer of undone) this.#reopen(answer);
    if (!this.hidden) this.#show();
  }

  #reopen({ form }) {
    this.#editor.readings.add(form);
    this.#tell(form, "show");
  }

  // -- keys and what is shown ----------------------------------------------------------------------

  #key(event) {
    const form = event.target.closest("form.other");
    if (!form || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.#actOf(event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    this.#form = form;
    act();
  }

  #actOf(key) {
    if (CHOICES[key]) return () => this.choose(CHOICES[key]);
    return {
      n: () => this.go(1),
      p: () => this.go(-1),
      u: () => this.takeBack(),
      Escape: () => this.#end(),
    }[key];
  }

  #focused(target) {
    const form = target.closest("form.other");
    if (form && this.#editor) {
      this.#form = form;
      this.#show();
    }
  }

  #show() {
    const { forms } = this;
    if (!this.#editor) return;
    setHidden(this, !forms.length && !this.querySelector(".lost-readings"));
    if (!forms.length) this.toggleAttribute("data-on", false);
    setText(this.part("count"), forms.length === 1 ? "1 conflict" : `${forms.length} conflicts`);
    setHidden(this.part("offer"), !forms.length);
    const here = forms.indexOf(this.#form);
    setText(this.part("left"), here < 0 ? `${forms.length} left` : `${here + 1} of ${forms.length}`);
    setHidden(this.part("back"), !this.#answers.length);
    for (const form of forms) form.classList.toggle("here", form === this.#form && this.isOn);
    const place = here >= 0 && this.isOn && placeOf(this.#editor.doc, conflictOf(this.#form));
    this.#editor.highlight("conflict", place && place.to > place.from ? [place] : []);
  }

  #clicked(button) {
    const act = {
      begin: () => this.go(1),
      next: () => this.go(1),
      previous: () => this.go(-1),
      back: () => this.takeBack(),
      end: () => this.#end(),
    }[button?.dataset.act];
    act?.();
  }
}

function conflictOf({ dataset }) {
  const { key, offset, mine, text } = dataset;
  return { key, offset: Number(offset), mine, text };
}

define("vox-conflicts", Conflicts);
