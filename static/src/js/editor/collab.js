/**
 * Knows which version of the text the server has confirmed, and which steps it has not.
 *
 * A central authority orders all steps; a version is the number of steps so far.
 */

import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import { rebase } from "./rebase.js";

const key = new PluginKey("collab");
const STEPS = "voxweb.confirmed";
const FOREIGN = "voxweb.foreign";

/** Its state: `{version, mine: [{step, inverted}], refused}`; `refused` counts deletions that were given up. */
export function collab({ version, client }) {
  return new Plugin({
    key,
    historyPreserveItems: true,
    client,
    state: {
      init: () => ({ version, mine: [], refused: 0 }),
      apply: (tr, now) =>
        tr.getMeta(key) ?? (tr.docChanged ? { ...now, mine: now.mine.concat(stepsOf(tr)) } : now),
    },
  });
}

function stepsOf(tr) {
  return tr.steps.map((step, index) => ({ step, inverted: step.invert(tr.docs[index]) }));
}

/** `{version, mine, refused}` of a state that has the plugin. */
export function confirmed(state) {
  return key.getState(state);
}

/** Whether a transaction brings what is already confirmed, and not what somebody does here. */
export function isRemote(tr) {
  return tr.getMeta(key) !== undefined;
}

/** The steps by which a transaction brings the confirmed version forward. */
export function newlyConfirmed(tr) {
  return tr.getMeta(STEPS) ?? [];
}

/** Which steps of a transaction were made by others: those from the first index to below the second. */
export function foreignSteps(tr) {
  return tr.getMeta(FOREIGN) ?? [0, 0];
}

/** Mark a transaction as one that leads to `version`, with nothing of it left to confirm. */
export function markConfirmed(tr, version, { isForeign = false } = {}) {
  if (isForeign) tr.setMeta("addToHistory", false).setMeta(FOREIGN, [0, tr.steps.length]);
  return tr.setMeta(key, { version, mine: [], refused: 0 });
}

/** What waits for confirmation, or null: `{version, client, steps}`. */
export function sendable(state) {
  const { version, mine } = key.getState(state);
  if (!mine.length) return null;
  return { version, client: key.get(state).spec.client, steps: mine.map(({ step }) => step) };
}

/**
 * A transaction that takes in confirmed steps from the plugin's version on; `clients` says whose each one is.
 *
 * Either all of them are own ones, confirmed as they were sent or as they are by now behind those of others, or
 * the own ones are the first. Throws where a step does not fit, or an own one is not the one that is waited for:
 * this text is not what it should be then.
 */
export function receive(state, steps, clients) {
  const { version, mine, refused } = key.getState(state);
  const own = ownAtStart(clients, key.get(state).spec.client, mine.length);
  for (let index = 0; index < own; index += 1) mustBeSame(steps[index], mine[index].step);
  const left = mine.slice(own);
  const next = { version: version + steps.length, mine: left, refused };
  const tr = own === steps.length ? state.tr : rebased(state, left, steps.slice(own), next);
  return tr.setMeta(STEPS, steps).setMeta(key, tr.getMeta(key) ?? next);
}

function mustBeSame(step, mine) {
  if (step === mine || JSON.stringify(step) === JSON.stringify(mine)) return;
  throw new RangeError("The server confirmed another step than the one that was sent.");
}

function ownAtStart(clients, client, most) {
  const foreign = clients.findIndex((one) => one !== client);
  return Math.min(foreign < 0 ? clients.length : foreign, most);
}

function rebased(state, mine, theirs, next) {
  const { tr } = state;
  const { kept, refused } = rebase(mine, theirs, tr);
  keepCaretBefore(tr, state.selection);
  tr.setMeta("rebased", mine.length).setMeta("addToHistory", false);
  tr.setMeta(FOREIGN, [mine.length, mine.length + theirs.length]);
  return tr.setMeta(key, { ...next, mine: kept, refused: next.refused + refused });
}

/** What somebody else inserts exactly at the caret stands behind it. */
function keepCaretBefore(tr, { anchor, head }) {
  if (!(tr.selection instanceof TextSelection)) return;
  const [from, to] = [anchor, head].map((place) => tr.doc.resolve(tr.mapping.map(place, -1)));
  tr.setSelection(TextSelection.between(from, to, -1));
}
