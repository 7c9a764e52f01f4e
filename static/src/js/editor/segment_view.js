/**
 * One segment on the page: name and time in the margin, the paragraph beside them.
 *
 * Only the paragraph belongs to ProseMirror. The name stands where somebody else spoke before, so it depends on
 * the neighbours: `showVoice` is called by whoever knows them.
 */

import { clock, spokenTime } from "../transcript/timecode.js";

let pattern = null;

export class SegmentView {
  #name = null;
  #voice = null;
  #isTurn = false;
  #hue = 0;
  #label = "";

  /** `name` is `{voice, isTurn}` where it is known already. */
  constructor(node, editor, name) {
    this.node = node;
    this.editor = editor;
    this.dom = emptySegment();
    this.who = this.dom.firstChild;
    this.contentDOM = this.dom.lastChild;
    this.#show();
    const { id } = node.attrs;
    if (editor.changed.has(id)) this.dom.classList.add("changed");
    editor.segmentViews.set(id, this);
    if (name) this.showVoice(name.voice, name.isTurn);
  }

  update(node) {
    const { attrs } = this.node;
    if (node.type !== this.node.type || node.attrs.id !== attrs.id) return false;
    this.node = node;
    if (node.attrs.start_ms !== attrs.start_ms || node.attrs.end_ms !== attrs.end_ms) this.#show();
    return true;
  }

  #show() {
    const { id, start_ms: startMs, end_ms: endMs } = this.node.attrs;
    const time = this.who.lastChild;
    this.dom.id = `s-${id}`;
    this.dom.dataset.start = startMs;
    this.dom.dataset.end = endMs;
    time.href = `#t=${startMs}`;
    time.textContent = clock(startMs);
    this.#showLabel();
  }

  /** `voice` is `{id, shown, hue}`; `isTurn` where the segment before is somebody else's. */
  showVoice(voice, isTurn) {
    const old = this.#voice;
    const isSame = old?.id === voice.id && old.shown === voice.shown && old.hue === voice.hue;
    if (isSame && isTurn === this.#isTurn) return;
    this.#voice = voice;
    this.#isTurn = isTurn;
    this.showRole();
  }

  /** Who may write gets names that open, and hears them as labels. */
  showRole() {
    if (!this.#voice) return;
    this.#showHue(this.#voice.hue);
    this.dom.classList.toggle("turn", this.#isTurn);
    if (this.#isTurn) this.#showName(this.#voice);
    else this.#dropName();
    this.#showLabel();
  }

  #showHue(hue) {
    this.dom.classList.replace(`hue-${this.#hue}`, `hue-${hue}`);
    this.#hue = hue;
  }

  #showName(voice) {
    const wanted = this.editor.canEdit ? "button" : "b";
    if (this.#name?.localName !== wanted) {
      this.#dropName();
      this.#name = nameElement(wanted);
      this.who.prepend(this.#name);
    }
    this.#name.dataset.voice = voice.id;
    this.#name.textContent = voice.shown;
  }

  #dropName() {
    this.#name?.remove();
    this.#name = null;
  }

  /** The margin is no text: who writes with a screen reader hears it as the label of the paragraph. */
  #showLabel() {
    const isMute = this.editor.canEdit && this.#voice;
    const label = isMute ? `${this.#voice.shown}, ${spokenTime(this.node.attrs.start_ms)}` : "";
    if (label === this.#label) return;
    this.#label = label;
    this.dom.role = label ? "group" : null;
    this.dom.ariaLabel = label || null;
    this.who.ariaHidden = label ? "true" : null;
  }

  /** What is done in the margin and below the text is none of ProseMirror's business. */
  stopEvent({ target }) {
    return target instanceof Node && target !== this.dom && !this.contentDOM.contains(target);
  }

  ignoreMutation({ type, target }) {
    return type !== "selection" && !this.contentDOM.contains(target);
  }

  destroy() {
    const views = this.editor.segmentViews;
    if (views.get(this.node.attrs.id) === this) views.delete(this.node.attrs.id);
  }
}

/** Copying is much faster than making, and there are thousands. */
function emptySegment() {
  pattern ??= makeSegment();
  return pattern.cloneNode(true);
}

function makeSegment() {
  const segment = Object.assign(document.createElement("div"), { className: "seg hue-0" });
  const who = Object.assign(document.createElement("div"), { className: "who", contentEditable: "false" });
  who.append(Object.assign(document.createElement("a"), { className: "time num", tabIndex: -1 }));
  segment.append(who, Object.assign(document.createElement("p"), { dir: "auto" }));
  return segment;
}

function nameElement(tag) {
  const name = Object.assign(document.createElement(tag), { className: "name" });
  if (tag === "button") Object.assign(name, { type: "button", tabIndex: -1 });
  return name;
}
