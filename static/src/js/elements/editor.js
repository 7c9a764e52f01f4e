import { StepMap } from "prosemirror-transform";
import { EditorView } from "prosemirror-view";
import { CaretPlace } from "../editor/caret_place.js";
import { COMMANDS } from "../editor/command_table.js";
import { isEmptyText } from "../editor/commands/first_words.js";
import { Editing } from "../editor/editing.js";
import { Highlights } from "../editor/highlights.js";
import { OtherReadings } from "../editor/other_readings.js";
import { PlayAlong } from "../editor/play_along.js";
import { pluginsFor } from "../editor/plugins.js";
import { listenForTimes, showTabStop } from "../editor/reading_times.js";
import { SegmentView } from "../editor/segment_view.js";
import { namesOf } from "../editor/turn_names.js";
import { WordTables } from "../editor/word_tables.js";
import { after } from "../lib/after.js";
import { define } from "../lib/element.js";
import { toast } from "../lib/toast.js";
import { keepingPlace } from "../transcript/keeping_place.js";
import { PlacedText } from "./placed_text.js";

const CARET_RESTS_MS = 300;

/**
 * <vox-editor>: the text of a transcript, to be read along and to be corrected.
 *
 * Until the document is here the server's text stands in its place. Tells `editor-ready` {detail: this element} once
 * and `editor-changed` {ids, isOwn, before} after every change of the document, whoever made it.
 */
class Editor extends PlacedText {
  editing = null;
  player = null;
  /** What is dragged from here, as `{from, to}`. */
  dragged = null;
  /** Ids of the segments that people have written in. */
  changed = new Set();
  #cancelKeeping = null;
  /** Whether the names in the margin are those of a text to write in. */
  #wasWriting = null;

  upgrade(scope) {
    this.page = this.closest("vox-transcript");
    this.scroller = this.closest('[data-part="scroller"]');
    this.along = new PlayAlong(this, this.scroller);
    listenForTimes(this, scope);
  }

  /** The page is there: fetch the document and begin. */
  async open({ socket, store, follow }) {
    const { scope } = this;
    this.store = store;
    this.words = new WordTables(store, () => this.lines);
    this.readings = new OtherReadings(this);
    this.along.use({ store, follow }, scope);
    this.caretPlace = new CaretPlace(this.code);
    this.editing = new Editing({
      api: this.page.dataset.api,
      code: this.code,
      person: this.page.dataset.person,
      canEdit: "canEdit" in this.page.dataset,
      plugins: () => pluginsFor(this),
      socket,
      scope,
    });
    try {
      const state = await this.editing.open();
      this.changed = new Set(this.editing.changed);
      if (!scope.closed) this.#show(state, scope);
    } catch (error) {
      if (!scope.closed) toast(error.message);
    }
  }

  #show(state, scope) {
    const place = document.createElement("div");
    let names = namesOf(state.doc);
    const nodeViews = { segment: (node) => new SegmentView(node, this, names?.get(node)) };
    this.view = new EditorView({ mount: place }, { state, nodeViews, editable: () => this.canEdit });
    names = null;
    scope.add(() => this.view.destroy());
    this.#wasWriting = this.canEdit;
    this.readings.takeFrom(this);
    keepingPlace(this.scroller, () => {
      for (const group of this.querySelectorAll(":scope > .lines")) group.remove();
      this.prepend(place);
    });
    this.highlights = scope.observe(new Highlights(this, this.scroller));
    this.editing.attach(this.view);
    scope.listen(this.editing, "role", () => this.#showRole());
    scope.listen(this.editing, "replaced", () => this.documentReplaced());
    scope.listen(window, "pagehide", () => this.#keepCaret());
    this.#showRole();
    this.toggleAttribute("data-empty", isEmptyText(this.doc));
    this.#restoreCaret();
    this.tell("editor-ready", this);
  }

  // -- what is here --------------------------------------------------------------------------------

  get code() {
    return this.page.dataset.code;
  }

  get client() {
    return this.editing?.client ?? "";
  }

  get role() {
    return this.editing?.role ?? "viewer";
  }

  get canEdit() {
    return this.editing?.canEdit ?? false;
  }

  // -- commands and colours ------------------------------------------------------------------------

  /** Run a command by its name; false where there is none, or nothing to do. */
  run(name) {
    const command = COMMANDS[name];
    if (!this.view || !command) return false;
    return Boolean(command.run(this.view.state, this.view.dispatch, this));
  }

  /** Paint `{id, from, to}` stretches under a name that the style sheet knows; [] takes them away. */
  highlight(name, stretches) {
    this.highlights.show(name, stretches);
  }

  // -- sound ---------------------------------------------------------------------------------------

  connect({ player }, scope) {
    this.player = player;
    scope.add(() => {
      this.player = null;
    });
    this.along.connect(player, scope);
    this.dataset.playable = "";
    scope.add(() => delete this.dataset.playable);
  }

  paint() {
    this.along.paint();
  }

  bringIntoView(options) {
    this.along.bringIntoView(options);
  }

  clicked(pos, event) {
    this.along.clicked(pos, event);
  }

  /** False where there is no sound yet. */
  playFrom(ms) {
    if (!this.player) return false;
    this.player.seek(ms);
    this.player.play();
    return true;
  }

  // -- changes -------------------------------------------------------------------------------------

  /** `{before, span, ids, isOwn}` of a change that is on the page now. */
  documentChanged({ before, span, ids, isOwn }) {
    this.highlights.follow(new StepMap([span.from, span.was - span.from, span.to - span.from]), before, ids);
    if (isOwn) this.#writtenByHand(ids);
    this.#tellChanged({ ids, isOwn, before });
    if (isOwn) this.caretMoved();
  }

  /** Another document stands here, after a rescue. */
  documentReplaced() {
    this.#tellChanged({ ids: new Set(this.segmentViews.keys()), isOwn: false, before: null });
  }

  #tellChanged({ ids, isOwn, before }) {
    if (before?.childCount !== this.doc.childCount) this.highlights.watchGroups();
    this.toggleAttribute("data-empty", isEmptyText(this.doc));
    this.readings.place(ids);
    this.along.textChanged({ ids, isOwn });
    this.tell("editor-changed", { ids, isOwn, before });
  }

  #writtenByHand(ids) {
    for (const id of ids) {
      this.changed.add(id);
      this.segmentViews.get(id)?.dom.classList.add("changed");
    }
  }

  /** What somebody may do is known now, or has changed. */
  #showRole() {
    this.toggleAttribute("data-writing", this.canEdit);
    this.view.setProps({ editable: () => this.canEdit });
    if (this.#wasWriting !== this.canEdit) for (const view of this.segmentViews.values()) view.showRole();
    this.#wasWriting = this.canEdit;
    showTabStop(this);
  }

  // -- the caret -----------------------------------------------------------------------------------

  /** Kept once it rests: storage is slow, and somebody may be typing. */
  caretMoved() {
    this.#cancelKeeping?.();
    this.#cancelKeeping = after(CARET_RESTS_MS, () => this.#keepCaret());
  }

  #keepCaret() {
    if (this.scope && this.canEdit && this.view.hasFocus()) this.caretPlace.keep(this.view.state);
  }

  #restoreCaret() {
    const selection = this.caretPlace.selectionIn(this.doc);
    if (selection) this.view.dispatch(this.view.state.tr.setSelection(selection));
  }
}

define("vox-editor", Editor);
