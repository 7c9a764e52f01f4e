import { offersFor } from "../editor/name_offers.js";
import { posOfSegment, segmentAt } from "../editor/segments.js";
import { turnAt } from "../editor/turns.js";
import { UsedNames } from "../editor/used_names.js";
import { passagesOf } from "../editor/voice_words.js";
import { cleanName, nameEverywhere, nameTurn, voiceNamed, voiceOf } from "../editor/voices.js";
import { announce } from "../lib/announce.js";
import { define, ServerElement } from "../lib/element.js";
import { json } from "../lib/http.js";
import { toast } from "../lib/toast.js";
import { offerElement } from "./name_offer.js";
import { placeBeside } from "./place_beside.js";
import { offerUndo } from "./undo_offer.js";

const ASK_AFTER_MS = 150;

/**
 * <vox-rename>: beside a name in the text: another name everywhere (Enter) or in this turn only (Shift+Enter).
 *
 * Opened by a click on a name or by `rename-asked {pos}` of the editor. It remembers the segment by its id, because
 * others may write above it meanwhile.
 */
class RenameHere extends ServerElement {
  #segment = "";
  #library = [];
  #active = -1;
  #typed = "";
  #dropQuestion = () => {};

  upgrade(scope) {
    this.form = this.querySelector("form");
    this.input = this.form.elements.name;
    this.page = this.closest("vox-transcript");
    this.used = new UsedNames(this.page.dataset.code);
    scope.listen(this.page, "rename-asked", ({ detail }) => this.openAt(detail.pos));
    scope.listen(this.page, "click", (event) => this.#asked(event));
    scope.listen(this.page, "keydown", (event) => event.key === "F2" && this.#asked(event));
    scope.listen(this.input, "input", () => this.#write());
    scope.listen(this.form, "keydown", (event) => this.#key(event));
    scope.listen(this.form, "submit", (event) => {
      event.preventDefault();
      this.#apply(event.submitter?.value);
    });
    scope.listen(window, "resize", () => this.form.matches(":popover-open") && this.#place());
    scope.listen(this.part("offers"), "click", (event) => this.#choose(event));
  }

  get #editor() {
    return this.page.querySelector("vox-editor");
  }

  get #doc() {
    return this.#editor.view.state.doc;
  }

  /** The segment that the menu is about as `{node, pos}`, or null where somebody has removed it. */
  get #here() {
    const pos = posOfSegment(this.#doc, this.#segment);
    return pos < 0 ? null : segmentAt(this.#doc, pos + 1);
  }

  /** A click or F2 on a name; Enter on it is a click. */
  #asked(event) {
    const name = event.target.closest("vox-editor button.name");
    if (!name || !this.#editor.canEdit) return;
    event.preventDefault();
    this.openAt(this.#editor.view.posAtDOM(name.closest(".seg").querySelector("p"), 0));
  }

  /** Open beside the segment at `pos`, for the turn that it is part of. */
  openAt(pos) {
    const here = segmentAt(this.#doc, pos);
    if (!here || !this.#editor.canEdit) return;
    this.#segment = here.node.attrs.id;
    this.#typed = "";
    this.input.value = voiceOf(this.#doc, here.node.attrs.speaker)?.shown ?? "";
    this.form.showPopover();
    this.#showOffers();
    this.#showReach();
    this.#place();
    this.input.focus();
    this.input.select();
    this.#askLibrary();
  }

  #place() {
    const here = this.#here;
    if (here) placeBeside(this.form, placeOf(this.#editor.view, here.pos));
  }

  // -- offers ------------------------------------------------------------------------------------

  #write() {
    this.#typed = this.input.value;
    this.#showOffers();
    this.#showReach();
    this.#dropQuestion();
    this.#dropQuestion = this.scope.after(ASK_AFTER_MS, () => this.#askLibrary());
  }

  async #askLibrary() {
    const query = this.#typed;
    try {
      const { names } = await json(`/api/v1/names?q=${encodeURIComponent(query)}`, {
        signal: this.scope?.signal,
      });
      if (query !== this.#typed || !this.form.matches(":popover-open")) return;
      this.#library = names;
      this.#showOffers();
    } catch {
      // Names of other transcripts are a convenience: without them the menu does all it has to.
    }
  }

  #showOffers() {
    const without = this.#here?.node.attrs.speaker;
    const choice = { typed: this.#typed, without, used: this.used.all, library: this.#library };
    this.#active = -1;
    this.part("offers").replaceChildren(...offersFor(this.#doc, choice).map(offerElement));
    this.input.removeAttribute("aria-activedescendant");
  }

  #walk(step) {
    const options = [...this.part("offers").children];
    if (!options.length) return;
    options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active =
      (this.#active + step + (this.#active < 0 && step < 0 ? 1 : 0) + options.length) % options.length;
    const active = options[this.#active];
    active.setAttribute("aria-selected", "true");
    active.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", active.id);
    this.input.value = active.dataset.name;
    this.#showReach();
  }

  #choose(event) {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    this.input.value = option.dataset.name;
    this.#apply(event.shiftKey || event.target.closest('[data-part="here"]') ? "here" : "everywhere");
  }

  /** What each way would do, before it is done. */
  #showReach() {
    const here = this.#here;
    if (!here) return;
    const known = voiceNamed(this.#doc, this.input.value);
    const joins =
      known && known.id !== here.node.attrs.speaker && voiceOf(this.#doc, here.node.attrs.speaker);
    this.part("everywhere").textContent = joins ? `Join with ${known.shown}` : "Everywhere";
    const { length } = turnAt(this.#doc, here.pos);
    this.part("reach").textContent = `“Only here” is this turn${length > 1 ? `, ${length} passages` : ""}.`;
  }

  // -- doing -------------------------------------------------------------------------------------

  #key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#walk(step);
    }
    if (event.key !== "Enter" || event.target !== this.input) return;
    event.preventDefault();
    this.#apply(event.shiftKey ? "here" : "everywhere");
  }

  #apply(way) {
    const here = this.#here;
    const name = cleanName(this.input.value);
    const editor = this.#editor;
    this.form.hidePopover();
    editor.view.focus();
    if (!here) toast("This passage is not there any more. Nothing was changed.");
    else if (way === "here") this.#nameHere(here, name);
    else this.#nameAll(here, name);
  }

  #nameHere(here, name) {
    const { view } = this.#editor;
    if (!nameTurn(here.pos, name)(view.state, view.dispatch)) return;
    this.used.add(name);
    announce(`${name} speaks here now.`);
  }

  #nameAll({ node }, name) {
    const { view } = this.#editor;
    const { doc } = view.state;
    const before = voiceOf(doc, node.attrs.speaker);
    const passages = passagesOf(doc, node.attrs.speaker);
    if (!nameEverywhere(node.attrs.speaker, name)(view.state, view.dispatch)) return;
    this.used.add(name);
    const isJoined = before && !voiceOf(view.state.doc, before.id);
    if (isJoined) offerUndo(this.#editor, `${before.shown} is ${name} now, in ${passages}.`);
    else announce(`${name || "The number of the speaker"} everywhere now.`);
  }
}

/** The name beside the segment at `pos`, or its line where the turn has begun before. */
function placeOf(view, pos) {
  const line = view.nodeDOM(pos);
  return (line.querySelector?.(".name") ?? line).getBoundingClientRect();
}

define("vox-rename", RenameHere);
