import { Doubts, progressText } from "../editor/doubts.js";
import { exactWord } from "../editor/exact_word.js";
import { showSelection } from "../editor/show_selection.js";
import { visibleSpan } from "../editor/visible_span.js";
import { announce } from "../lib/announce.js";
import { define, ServerElement } from "../lib/element.js";
import { json } from "../lib/http.js";
import { setHidden, setText } from "../lib/only_changes.js";
import { toast } from "../lib/toast.js";

const BEFORE_MS = 300;
const AFTER_MS = 300;
const SCROLL_MS = 200;
const AROUND_MS = 5_000;
/** So many segments at once come from a machine, which may doubt other words. */
const MANY = 5;
const LOAD_MS = 3_000;

/** <vox-doubts>: shades the words that may be wrong and leads from one to the next. */
class DoubtGuide extends ServerElement {
  #editor = null;
  /** The spot that one is at. */
  #spot = null;
  #loaded = null;
  #cancelScroll = () => {};
  #cancelLoad = () => {};

  upgrade(scope) {
    this.page = this.closest("vox-transcript");
    scope.listen(this.page, "editor-ready", ({ detail }) => this.#open(detail, scope));
    scope.listen(this, "click", ({ target }) => this.#clicked(target.closest("button")));
    if (this.page.text?.view) this.#open(this.page.text, scope);
  }

  #open(editor, scope) {
    this.#editor = editor;
    this.doubts = new Doubts((startMs, endMs) => exactWord(editor, startMs, endMs));
    scope.listen(this.page, "editor-changed", ({ detail }) => this.#textChanged(detail, scope));
    scope.listen(editor.scroller, "scroll", () => this.#scrolled(scope), { passive: true });
    scope.listen(document, "visibilitychange", () => document.hidden || this.#load());
    this.#loaded = this.#load();
  }

  get isOn() {
    return this.hasAttribute("data-on");
  }

  async #load() {
    const found = await json(`${this.page.dataset.api}/doubts`, { signal: this.scope?.signal }).catch(
      () => null,
    );
    if (!found) return;
    this.doubts.take(found);
    this.#show();
    if (this.isOn) await this.#shadeVisible();
  }

  // -- the switch ----------------------------------------------------------------------------------

  toggle(isOn = !this.isOn) {
    this.toggleAttribute("data-on", isOn);
    this.#spot = null;
    if (isOn) this.#shadeVisible();
    this.#show();
  }

  async #shadeVisible() {
    const { fromMs, toMs } = visibleSpan(this.#editor);
    await this.#locate(fromMs, toMs);
    this.#show();
  }

  async #locate(fromMs, toMs) {
    await this.#editor.store.ensure(fromMs, toMs);
    this.doubts.locate(fromMs, toMs);
  }

  #scrolled(scope) {
    if (!this.isOn) return;
    this.#cancelScroll();
    this.#cancelScroll = scope.after(SCROLL_MS, () => this.#shadeVisible());
  }

  #textChanged({ ids, isOwn }, scope) {
    if (!isOwn && ids.size >= MANY) {
      this.#cancelLoad();
      this.#cancelLoad = scope.after(LOAD_MS, () => this.#load());
    }
    if (!this.doubts.progress.total) return;
    for (const id of ids) {
      const line = this.#editor.lines.ofKey(id);
      if (line) this.doubts.locate(line.startMs - 1, line.endMs + 1);
    }
    this.#show();
  }

  // -- from one to the next ------------------------------------------------------------------------

  /** Go to the next (1) or previous (-1) spot, and play it. */
  async go(step) {
    await this.#loaded;
    if (!this.isOn) this.toggle(true);
    const spot = await this.#knownBeside(this.#here(step), step);
    if (!spot) return announce(this.#saidAtEnd(step), { visible: true });
    this.#spot = spot;
    this.#select(spot);
    this.#play(spot);
    this.#show();
    return null;
  }

  /** Words that are not here yet are fetched first; then a spot may turn out to be longer, or gone. */
  async #knownBeside(ms, step) {
    for (let spot = this.doubts.beside(ms, step); spot; spot = this.doubts.beside(ms, step)) {
      if (spot.isKnown) return spot;
      await this.#locate(spot.startMs - AROUND_MS, spot.endMs + AROUND_MS);
      if (this.doubts.spots().some((one) => one.startMs === spot.startMs && !one.isKnown)) return null;
    }
    return null;
  }

  #saidAtEnd(step) {
    const { left } = this.doubts.progress;
    if (!left) return "Nothing is doubtful any more.";
    return step > 0 ? "That was the last doubtful spot." : "That was the first doubtful spot.";
  }

  /** Where one is: the spot as long as the caret is in it, else the caret; a spot right behind the caret is next. */
  #here(step = 0) {
    const { view } = this.#editor;
    const { head } = view.state.selection;
    if (this.#spot?.isKnown && this.#isIn(this.#spot.place, head)) return this.#spot.startMs;
    const segment = this.#editor.segmentAt(head);
    const ms = this.#editor.momentOf(head) ?? segment?.node.attrs.start_ms ?? 0;
    return step > 0 ? ms - 1 : ms;
  }

  #isIn({ id, from, to }, pos) {
    const place = this.#editor.placeAt(pos);
    return place?.node.attrs.id === id && place.offset >= from && place.offset <= to;
  }

  #select(spot) {
    const { id, from, to } = spot.place;
    const start = this.#editor.posOf(id) + 1;
    this.#editor.select(start + from, start + to);
    showSelection(this.#editor);
    this.#editor.view.focus();
  }

  #play({ startMs, endMs }) {
    this.#editor.player?.playSpan(Math.max(0, startMs - BEFORE_MS), endMs + AFTER_MS);
  }

  /** The spot one is at is right; on to the next. */
  async check() {
    const spot = this.#spot ?? this.doubts.at(this.#here());
    if (!this.isOn || !spot || !this.#editor.canEdit) return;
    this.doubts.check(spot);
    const sent = this.#tell(spot);
    await this.go(1);
    await sent;
  }

  async #tell(spot) {
    const spots = spot.doubts.map(({ startMs, endMs }) => [startMs, endMs]);
    try {
      await json(`${this.page.dataset.api}/doubts/checked`, { method: "POST", data: { spots } });
    } catch (error) {
      this.doubts.check(spot, false);
      this.#show();
      toast(`This spot could not be marked as right. ${error.message}`);
    }
  }

  // -- what is shown -------------------------------------------------------------------------------

  #show() {
    const { progress } = this.doubts;
    setHidden(this, !progress.total || (!this.isOn && !progress.left));
    this.toggleAttribute("data-readonly", !this.#editor.canEdit);
    const words = progress.left === 1 ? "1 word may" : `${progress.left.toLocaleString("en")} words may`;
    setText(this.part("offer"), `${words} be wrong.`);
    setText(this.part("left"), progressText(progress));
    setText(this.part("reason"), (progress.left && this.#spot?.reason) || "");
    this.#offerSteps(progress.left > 0);
    this.#editor.highlight("doubt", this.isOn ? this.doubts.places : []);
  }

  /** When all are done there is nothing to go to; who was on one of these buttons is on the one that ends it. */
  #offerSteps(isAny) {
    const buttons = [
      ...this.querySelectorAll('[data-act="previous"], [data-act="next"], [data-act="right"]'),
    ];
    if (!isAny && buttons.includes(document.activeElement)) this.querySelector('[data-act="end"]').focus();
    for (const button of buttons) setHidden(button, !isAny);
  }

  #clicked(button) {
    const act = {
      begin: () => this.go(1),
      next: () => this.go(1),
      previous: () => this.go(-1),
      right: () => this.check(),
      end: () => this.toggle(false),
    }[button?.dataset.act];
    act?.();
  }
}

define("vox-doubts", DoubtGuide);
