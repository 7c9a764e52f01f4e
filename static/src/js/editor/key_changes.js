/** Changing keys. Each function answers a new preference; nothing is stored here. */

import { bindingsOf, readPreference } from "./key_bindings.js";
import { canonical, portable, whyNot } from "./key_names.js";
import { KEY_SETS } from "./key_sets.js";

const MOST_KEYS = 6;

/**
 * Give `command` the key as well: `{preference, takenFrom, problem}`. `takenFrom` are the commands that had it until
 * now; `problem` is a sentence where it cannot be had.
 */
export function addKey(preference, command, key, { isMac = false } = {}) {
  const bindings = bindingsOf(preference, { isMac });
  const own = bindings.keysOf(command);
  const problem =
    whyNot(key, isMac) ||
    (own.length >= MOST_KEYS ? `${MOST_KEYS} keys are the most. Remove one first.` : "");
  if (problem || own.includes(canonical(key, isMac))) return { preference, takenFrom: [], problem };
  const takenFrom = bindings.rivalsOf(command, key);
  const without = takenFrom.reduce((left, other) => removeKey(left, other, key, { isMac }), preference);
  const changed = withKeys(without, command, [...storedKeys(without, command), portable(key, isMac)]);
  return { preference: changed, takenFrom, problem: "" };
}

export function removeKey(preference, command, key, { isMac = false } = {}) {
  const left = storedKeys(preference, command).filter(
    (one) => canonical(one, isMac) !== canonical(key, isMac),
  );
  return withKeys(preference, command, left);
}

/** What the set says about this command again. A key that another command has got meanwhile is told by its rivals. */
export function resetCommand(preference, command) {
  const { set, changes } = readPreference(preference);
  return { set, changes: Object.fromEntries(Object.entries(changes).filter(([name]) => name !== command)) };
}

/** Another set, as it comes; with the set that is in use, everything as it was. */
export const chooseSet = (set) => readPreference({ set });

function storedKeys(preference, command) {
  const { set, changes } = readPreference(preference);
  return changes[command] ?? KEY_SETS[set].keys[command] ?? [];
}

function withKeys(preference, command, keys) {
  const { set, changes } = readPreference(preference);
  return { set, changes: { ...changes, [command]: keys } };
}
