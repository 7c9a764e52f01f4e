import { closeHistory } from "prosemirror-history";
import { Find } from "../editor/find.js";
import { FindElsewhere } from "../editor/find_elsewhere.js";
import { besideOf, countText, firstFrom, indexOfSelected } from "../editor/find_matches.js";
import { replaceMatches } from "../editor/replace.js";
import { showSelection } from "../editor/show_selection.js";
import { announce } from "../lib/announce.js";
import { define, ServerElement } from "../lib/element.js";

const LONGEST_TAKEN_OVER = 200;
const REFRESH_MS = 150;
const ALL = "found";
const CURRENT = "found-here";

/** <vox-find>: the panel that finds and replaces in the text of the page. */
class FindPanel extends ServerElement {
  #editor = null;
  /** Where the caret was when somebody began to look: what is typed is found from there. */
  #origin = 0;
  #cancelRefresh = () => {};

  upgrade(scope) {
    const makeWorker = () => new Worker(this.dataset.worker, { type: "module" });
    const elsewhere = new FindElsewhere({ makeWorker, after: (ms, work) => scope.after(ms, work) });
    scope.add(() => elsewhere.close());
    this.find = new Find(elsewhere);
    const page = this.closest("vox-transcript");
    scope.listen(page, "editor-changed", () => this.#textChanged(scope));
    scope.listen(page, "keydown", (event) => this.#leftFromText(event), { capture: true });
    scope.listen(this, "input", () => this.#look());
    scope.listen(this, "click", (event) => this.#clicked(event));
    scope.listen(this, "keydown", (event) => this.#pressed(event));
    scope.listen(this.part("form"), "submit", (event) => event.preventDefault());
  }

  get #view() {
    return this.#editor.view;
  }

  /** Open, or come back to what is open; a short selection becomes what is looked for. */
  open({ isReplace = false } = {}) {
    this.#editor = this.closest("vox-transcript").text;
    this.hidden = false;
    this.toggleAttribute(
      "data-replace",
      this.#editor.canEdit && (isReplace || this.hasAttribute("data-replace")),
    );
    this.toggleAttribute("data-readonly", !this.#editor.canEdit);
    const { from, to, $from, $to } = this.#view.state.selection;
    this.#origin = from;
    if (
      from < to &&
      $from.sameParent($to) &&
      to - from <= LONGEST_TAKEN_OVER &&
      !this.contains(document.activeElement)
    )
      this.part("what").value = this.#view.state.doc.textBetween(from, to);
    this.part("what").focus();
    this.part("what").select();
    this.#look();
  }

  close() {
    this.hidden = true;
    this.find.look(this.#view.state.doc, { text: "" });
    this.#paint();
    this.#view.focus();
  }

  /** Go to the next or the previous match; opens the panel where it is closed. */
  async step(by) {
    if (this.hidden) return this.open();
    if (!(await this.find.again(this.#view.state.doc))) return null;
    const index = besideOf(this.find.matches, this.#view.state.selection, by);
    if (index >= 0) this.#show(index);
    return null;
  }

  // -- looking -------------------------------------------------------------------------------------

  async #look() {
    const choice = (name) =>
      this.querySelector(`[data-choice="${name}"]`).getAttribute("aria-pressed") === "true";
    const query = { text: this.part("what").value, matchCase: choice("matchCase") };
    Object.assign(query, { wholeWord: choice("wholeWord"), isRegex: choice("isRegex") });
    // Whoever tabs on while it is being looked for finds the buttons in their places.
    this.#offerSteps(Boolean(query.text));
    const isDone = await this.find.look(this.#view.state.doc, query);
    if (!isDone || this.hidden) return;
    const { matches } = this.find;
    if (matches.length) this.#show(firstFrom(matches, this.#origin) % matches.length, { isTyping: true });
    else this.#paint();
  }

  /** The colours move along with what is typed; what is new is looked through when somebody pauses. */
  #textChanged(scope) {
    this.#cancelRefresh();
    if (this.hidden || !this.find.pattern) return;
    this.#cancelRefresh = scope.after(REFRESH_MS, async () => {
      if (!this.hidden && (await this.find.again(this.#view.state.doc))) this.#paint();
    });
  }

  #show(index, { isTyping = false } = {}) {
    const { from, to } = this.find.matches[index];
    if (!isTyping) this.#origin = from;
    this.#editor.select(from, to);
    showSelection(this.#editor);
    this.#paint();
  }

  #paint() {
    const { matches, problem, query } = this.find;
    const current = indexOfSelected(matches, this.#view.state.selection);
    this.#editor.highlight(ALL, matches.map(stretch));
    this.#editor.highlight(CURRENT, current < 0 ? [] : [stretch(matches[current])]);
    this.part("count").textContent = query.text && !problem ? countText(matches.length, current) : "";
    this.part("problem").textContent = problem;
    this.toggleAttribute("data-missing", Boolean(query.text) && !matches.length);
    this.#offerSteps(matches.length > 0);
  }

  /** Who has just replaced the last match with a button goes on in the field: a disabled button keeps no focus. */
  #offerSteps(isAny) {
    const buttons = [...this.querySelectorAll("[data-step], [data-replacing]")];
    if (!isAny && buttons.includes(document.activeElement)) this.part("what").focus();
    for (const button of buttons) button.disabled = !isAny;
  }

  // -- replacing -----------------------------------------------------------------------------------

  async replaceOne() {
    const index = indexOfSelected(this.find.matches, this.#view.state.selection);
    if (index < 0) return this.step(1);
    const { tr, told } = this.#replaced([this.find.matches[index]]);
    if (told.tooLong) return this.#tellTooLong(told);
    const end = tr.mapping.map(this.find.matches[index].to);
    this.#view.dispatch(tr);
    await this.find.again(this.#view.state.doc);
    const { matches } = this.find;
    return matches.length ? this.#show(firstFrom(matches, end) % matches.length) : this.#paint();
  }

  async replaceAll() {
    if (!(await this.find.again(this.#view.state.doc))) return;
    const { tr, told } = this.#replaced(this.find.matches);
    if (told.replaced) this.#view.dispatch(closeHistory(tr));
    const places = told.replaced === 1 ? "1 place" : `${told.replaced.toLocaleString("en")} places`;
    announce(`Replaced in ${places}. Undo takes all of it back.`, { visible: true });
    if (told.tooLong) this.#tellTooLong(told);
  }

  #replaced(matches) {
    const { tr } = this.#view.state;
    const how = { pattern: this.find.pattern, isRegex: this.find.isRegex };
    return { tr, told: replaceMatches(tr, matches, how, this.part("with").value) };
  }

  #tellTooLong({ tooLong }) {
    this.part("problem").textContent =
      `${tooLong === 1 ? "One place was" : `${tooLong} places were`} left: the passage would become too long.`;
  }

  // -- keys and buttons ----------------------------------------------------------------------------

  #clicked({ target }) {
    const button = target.closest("button");
    if (!button) return;
    const { choice, step, replacing } = button.dataset;
    if (choice) {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      this.#look();
    }
    if (step) this.step(Number(step));
    if (replacing) replacing === "all" ? this.replaceAll() : this.replaceOne();
    if (button.dataset.part === "close") this.close();
    if (button.dataset.part === "more") this.toggleAttribute("data-replace");
  }

  /** Escape in the text closes the panel first, then it is a key like others. */
  #leftFromText(event) {
    if (this.hidden || event.key !== "Escape" || event.isComposing || !event.target.closest(".ProseMirror"))
      return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  #pressed(event) {
    const act = this.#actOf(event);
    if (!act || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #actOf({ key, shiftKey, target }) {
    const by = shiftKey ? -1 : 1;
    if (key === "Escape") return () => this.close();
    if (key === "F3") return () => this.step(by);
    if (key !== "Enter") return null;
    if (target === this.part("what")) return () => this.step(by);
    return target === this.part("with") ? () => this.replaceOne() : null;
  }
}

const stretch = ({ node, at, from, to }) => ({ id: node.attrs.id, from: from - at - 1, to: to - at - 1 });

define("vox-find", FindPanel);
