/**
 * Edges of passages on the waveform, dragged with the pointer: Shift moves an edge alone, Alt does not snap, Escape
 * leaves it where it was. The passage one works on stands out and has handles.
 */

import { edgeNear } from "../audio/edge_near.js";
import { exactTime } from "../audio/exact_time.js";
import { EdgeDrag } from "../editor/edge_drag.js";
import { Pauses } from "../editor/pauses.js";
import { segmentInMind, wordsIn } from "../editor/segment_in_mind.js";
import { json } from "../lib/http.js";
import { EdgeHandles } from "./edge_handles.js";

const REACH_PX = 6;
/** Who moves less than this has clicked. */
const STILL_PX = 3;
const SNAP_PX = 8;
/** So far around a passage its words and those beside it are asked for. */
const BESIDE_MS = 10_000;

export class WaveEdges {
  /** The passage one works on. */
  key = null;
  #drag = null;
  #grabbedAtMs = 0;
  /** Null as soon as the edge is on its way. */
  #grabbedAtX = null;
  #frame = 0;

  constructor(wave, editor, scope) {
    Object.assign(this, { wave, editor, scope });
    const { api } = wave.closest("vox-transcript").dataset;
    this.pauses = new Pauses(async () => (await json(`${api}/pauses`, { signal: scope.signal })).pauses);
    this.handles = new EdgeHandles(this, scope);
    this.#listen();
    this.look();
  }

  get dragging() {
    return this.#drag !== null;
  }

  /** The edge under the pointer is taken hold of; false where there is none. */
  grab(event) {
    const edge = this.#edgeAt(event);
    if (!edge) return false;
    this.begin(edge, event);
    return true;
  }

  /** Look again which passage is worked on. */
  look() {
    if (this.dragging || this.handles.haveFocus) return;
    const node = segmentInMind(this.editor)?.node ?? null;
    const key = node?.attrs.id ?? null;
    if (key === this.key) return;
    this.key = key;
    if (node) this.#prepare(node.attrs);
    this.wave.show();
  }

  /** Show it while nothing plays; edges mind its words and those beside it. */
  #prepare({ start_ms: startMs, end_ms: endMs }) {
    if (!this.wave.player.playing) this.wave.window.keepInView(startMs);
    if (this.editor.canEdit) this.editor.store.ensure(startMs - BESIDE_MS, endMs + BESIDE_MS);
  }

  /** Once before the next paint, however often the caret moves. */
  #lookSoon() {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.scope.closed) this.look();
    });
  }

  /** Put the handles where the edges are now. */
  place() {
    this.handles.place(this.editor.canEdit ? this.line : null);
  }

  /** The passage one works on as it is shown; null while it is out of sight. */
  get line() {
    if (this.key === null) return null;
    return (
      this.wave.bandsIn(this.wave.window.fromMs, this.wave.window.toMs).find(({ key }) => key === this.key) ??
      null
    );
  }

  // -- pointer -----------------------------------------------------------------------------------

  #listen() {
    const { scope, wave } = this;
    const lookSoon = () => this.#lookSoon();
    scope.listen(document, "selectionchange", lookSoon);
    scope.listen(document, "focusin", lookSoon);
    scope.listen(wave.player, "time", lookSoon);
    scope.listen(wave, "pointermove", (event) => this.#moved(event));
    scope.listen(wave, "pointerup", (event) => this.#drop(event));
    scope.listen(wave, "pointercancel", () => this.#end());
    scope.listen(wave, "pointerenter", () => this.pauses.load());
    scope.listen(document, "keydown", (event) => this.#escape(event), { capture: true });
  }

  #edgeAt(event) {
    // A finger is too wide to tell an edge from what is beside it: for it there are the handles.
    if (!this.editor.canEdit || event.pointerType === "touch") return null;
    const slider = this.wave.part("slider");
    const { left, width } = slider.getBoundingClientRect();
    const { fromMs, toMs } = this.wave.window;
    return edgeNear(this.wave.bandsIn(fromMs, toMs), this.wave.window, width, event.clientX - left, REACH_PX);
  }

  /** An edge `{key, edge}` is on its way from now on. */
  begin({ key, edge }, event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.pauses.load();
    event.target.setPointerCapture(event.pointerId);
    this.key = key;
    this.#grabbedAtX = event.clientX;
    this.#grabbedAtMs = this.#momentOf(event) - (this.line?.[`${edge}Ms`] ?? this.#momentOf(event));
    this.#drag = new EdgeDrag(key, edge, {
      near: (fromMs, toMs) => this.pauses.between(fromMs, toMs),
      wordsOf: wordsIn(this.editor),
      playheadMs: () => (this.wave.player.playing ? null : this.wave.player.ms),
      durationMs: this.wave.window.durationMs,
    });
    this.wave.toggleAttribute("data-dragging", true);
    this.wave.show();
  }

  #moved(event) {
    if (!this.#drag) return this.#showWhetherNear(event);
    if (this.#isStill(event)) return null;
    this.#grabbedAtX = null;
    const reachMs = event.altKey ? 0 : (SNAP_PX / this.wave.clientWidth) * this.wave.window.spanMs;
    const wantedMs = this.#momentOf(event) - this.#grabbedAtMs;
    const stand = this.#drag.move(this.editor.doc, wantedMs, { reachMs, forced: event.shiftKey });
    if (!stand) return this.#end();
    this.wave.showLabel(stand.ms, labelOf(stand));
    return this.wave.preview(previewOf(stand.changes));
  }

  #showWhetherNear(event) {
    this.wave.toggleAttribute("data-near-edge", this.#edgeAt(event) !== null);
  }

  #momentOf(event) {
    const { left, width } = this.wave.part("slider").getBoundingClientRect();
    return this.wave.window.momentAt((event.clientX - left) / width);
  }

  #isStill({ clientX }) {
    return this.#grabbedAtX !== null && Math.abs(clientX - this.#grabbedAtX) < STILL_PX;
  }

  #drop(event) {
    if (!this.#drag) return;
    if (this.#isStill(event)) this.#seek(event);
    else this.#finish();
  }

  /** A click beside an edge goes there, as it does everywhere else on the waveform. */
  #seek(event) {
    this.#end();
    this.wave.player.seek(this.#momentOf(event));
  }

  #finish() {
    const tr = this.#drag.finish(this.editor.view.state);
    this.#end();
    if (tr) this.editor.view.dispatch(tr);
  }

  #end() {
    if (!this.#drag) return;
    this.#drag = null;
    this.wave.toggleAttribute("data-dragging", false);
    this.wave.showLabel(null);
    this.wave.preview(new Map());
  }

  #escape(event) {
    if (!this.#drag || event.key !== "Escape") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#end();
  }
}

function labelOf({ ms, kind }) {
  return kind ? `${exactTime(ms)} · ${kind}` : exactTime(ms);
}

function previewOf(changes) {
  const times = new Map();
  for (const { id, node, name, ms } of changes) {
    const was = times.get(id) ?? { startMs: node.attrs.start_ms, endMs: node.attrs.end_ms };
    times.set(id, { ...was, [name === "start_ms" ? "startMs" : "endMs"]: ms });
  }
  return times;
}
