/**
 * The text as it is now, with an undo history from before the page was loaded.
 *
 * The server sends an earlier version and everything since. Own changes are made again as one makes them, those of
 * others as they arrive; so one's own can be undone, and nobody else's.
 */

import { closeHistory } from "prosemirror-history";
import { Step } from "prosemirror-transform";
import { markConfirmed } from "./collab.js";
import { MOST_STEPS } from "./parcel.js";

/**
 * A state at `version`, or null where the batches do not lead there: better no history than a wrong text.
 *
 * `makeState(doc, version)` gives a state with history and collab.
 */
export function replayed(undo, version, makeState) {
  let state = makeState(undo.doc, undo.version);
  let at = undo.version;
  try {
    for (const batch of wholeChanges(undo.batches)) {
      at += batch.steps.length;
      state = state.apply(transactionOf(state, batch, at));
    }
  } catch {
    return null;
  }
  return at === version ? state.apply(closeHistory(state.tr)) : null;
}

function transactionOf(state, { mine, at, steps }, version) {
  const { tr } = state;
  for (const json of steps) tr.step(Step.fromJSON(state.schema, json));
  if (mine) tr.setTime(at);
  return markConfirmed(tr, version, { isForeign: !mine });
}

/** A change too large for one message was sent in several; undoing it is still one step. */
function wholeChanges(batches) {
  const out = [];
  for (const batch of batches) {
    const last = out.at(-1);
    if (last?.isFull && last.client === batch.client) last.steps = last.steps.concat(batch.steps);
    else out.push({ ...batch });
    out.at(-1).isFull = batch.mine && batch.steps.length === MOST_STEPS;
  }
  return out;
}
