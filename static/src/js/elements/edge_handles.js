/** Two handles at the edges of the passage one works on: for the pointer, and sliders for the keyboard. */

import { spokenExactTime } from "../audio/exact_time.js";
import { wordsIn } from "../editor/segment_in_mind.js";
import { setEdge } from "../editor/segment_times.js";
import { setHidden } from "../lib/only_changes.js";

/** On narrower passages the two would cover each other. */
const NARROWEST_PX = 16;
const STEP_MS = 50;
const FINE_MS = 10;
/** What is played beside an edge to hear whether it is right. */
const LISTEN_MS = 1_000;
const KEY_STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
const WORDS = { start: "Start of the passage", end: "End of the passage" };
const timeOf = { start: "startMs", end: "endMs" };

export class EdgeHandles {
  constructor(edges, scope) {
    this.edges = edges;
    this.handles = Object.keys(WORDS).map((edge) => this.#make(edge, scope));
  }

  get haveFocus() {
    return this.handles.includes(document.activeElement);
  }

  /** Put them at the edges of a line `{startMs, endMs}`; null takes them away. */
  place(line) {
    const { window } = this.edges.wave;
    const width = line ? ((line.endMs - line.startMs) / window.spanMs) * this.edges.wave.clientWidth : 0;
    for (const handle of this.handles) {
      const ms = line?.[timeOf[handle.dataset.edge]] ?? Number.NaN;
      const at = window.fractionOf(ms);
      setHidden(handle, width < NARROWEST_PX || !(at >= 0 && at <= 1));
      if (handle.hidden) continue;
      handle.style.setProperty("inset-inline-start", `${100 * at}%`);
      tell(handle, ms, window.durationMs);
    }
  }

  #make(edge, scope) {
    const handle = document.createElement("span");
    Object.assign(handle, { className: "wave-edge", tabIndex: 0, role: "slider", ariaLabel: WORDS[edge] });
    handle.dataset.edge = edge;
    handle.hidden = true;
    this.edges.wave.part("edges").append(handle);
    scope.add(() => handle.remove());
    scope.listen(handle, "pointerdown", (event) => this.edges.begin({ key: this.edges.key, edge }, event));
    scope.listen(handle, "keydown", (event) => this.#key(event, edge));
    return handle;
  }

  #key(event, edge) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const ms = this.edges.line?.[timeOf[edge]];
    const step = KEY_STEPS[event.key];
    const listens = event.key === "Enter" || event.key === " ";
    if (ms === undefined || !(step || listens)) return;
    event.preventDefault();
    event.stopPropagation();
    if (step) this.#move(edge, ms + step * (event.shiftKey ? FINE_MS : STEP_MS));
    else this.#listenTo(edge, ms);
  }

  #move(edge, ms) {
    const { editor, key, wave } = this.edges;
    const options = { wordsOf: wordsIn(editor), durationMs: wave.window.durationMs };
    const tr = setEdge(editor.view.state, key, edge, ms, options);
    if (tr) editor.view.dispatch(tr);
  }

  /** The second behind a start, the second before an end. */
  #listenTo(edge, ms) {
    const [fromMs, toMs] = edge === "start" ? [ms, ms + LISTEN_MS] : [ms - LISTEN_MS, ms];
    this.edges.wave.player.playSpan(fromMs, toMs);
  }
}

function tell(handle, ms, durationMs) {
  handle.ariaValueMin = "0";
  handle.ariaValueMax = String(Math.round(durationMs));
  handle.ariaValueNow = String(Math.round(ms));
  handle.ariaValueText = spokenExactTime(ms);
}
