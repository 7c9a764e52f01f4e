/**
 * An edge of a segment on its way: shown while it moves, written once when it is let go.
 *
 * The segment is found again at every move, because others may be writing meanwhile.
 */

import { changesOf, placeOf, timesTransaction } from "./segment_times.js";
import { snapped, targetsOf } from "./snap.js";

export class EdgeDrag {
  #wantedMs = null;
  #forced = false;

  /** `near(fromMs, toMs)` gives the pauses of a span; `wordsOf`, `playheadMs` and `durationMs` as in snap and times. */
  constructor(id, edge, { near = () => [], wordsOf, playheadMs = () => null, durationMs = 0 } = {}) {
    Object.assign(this, { id, edge, near, wordsOf, playheadMs, durationMs });
  }

  /**
   * The edge is wanted at `ms`. Returns `{ms, kind, changes}`: where it comes to stand, what attracted it, and what
   * would change; null when the segment is gone. `reachMs` 0 does not snap.
   */
  move(doc, ms, { reachMs = 0, forced = false } = {}) {
    const place = placeOf(doc, this.id);
    if (!place) return null;
    const { ms: nearMs, kind } = reachMs
      ? snapped(ms, this.#targets(place, ms, reachMs), reachMs)
      : { ms, kind: null };
    this.#wantedMs = nearMs;
    this.#forced = forced;
    const changes = this.#changes(place);
    const stands = changes[0]?.ms ?? place.node.attrs[this.edge === "start" ? "start_ms" : "end_ms"];
    return { ms: stands, kind: stands === Math.round(nearMs) ? kind : null, changes };
  }

  /** The transaction that writes it; null when it was never moved, stands where it stood, or the segment is gone. */
  finish(state) {
    const place = this.#wantedMs !== null && placeOf(state.doc, this.id);
    return place ? timesTransaction(state, this.#changes(place)) : null;
  }

  #changes(place) {
    const { wordsOf, durationMs } = this;
    return changesOf(place, this.edge, this.#wantedMs, { forced: this.#forced, wordsOf, durationMs });
  }

  #targets(place, ms, reachMs) {
    const pauses = this.near(ms - reachMs, ms + reachMs);
    return targetsOf(place, this.edge, { pauses, wordsOf: this.wordsOf, playheadMs: this.playheadMs() });
  }
}
