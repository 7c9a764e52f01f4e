/** Which key is which command for one person: a ready-made set and what they changed in it. */

import { canonical, KEY_NAME, whereOf } from "./key_names.js";
import { FIRST_SET, KEY_SETS } from "./key_sets.js";

export const NO_CHANGES = Object.freeze({ set: FIRST_SET, changes: {} });

/** A preference as it may come from the server or an older page, without what cannot be understood. */
export function readPreference(value) {
  const set = Object.hasOwn(KEY_SETS, value?.set) ? value.set : FIRST_SET;
  const given = Object.entries(value?.changes ?? {}).filter(([, keys]) => Array.isArray(keys));
  const changes = given.map(([command, keys]) => [
    command,
    keys.filter((key) => typeof key === "string" && KEY_NAME.test(key)),
  ]);
  return { set, changes: Object.fromEntries(changes) };
}

/**
 * `{keysOf(command), commandOf(names, where), rivalsOf(command, key), isChanged(command)}`.
 *
 * `where` is "text" or "page". Of two commands that claim a key in the same place the changed one has it.
 */
export function bindingsOf(preference, { isMac = false } = {}) {
  const { set, changes } = readPreference(preference);
  const lists = { ...KEY_SETS[set].keys, ...changes };
  const keys = new Map(
    Object.entries(lists).map(([command, names]) => [command, names.map((name) => canonical(name, isMac))]),
  );
  const tables = { text: claims(keys, "text", isMac), page: claims(keys, "page", isMac) };
  const first = (claimants) => claimants?.find((command) => command in changes) ?? claimants?.[0] ?? null;
  const claimantsOf = (key) => new Set(["text", "page"].flatMap((where) => tables[where].get(key) ?? []));
  return {
    set,
    keysOf: (command) => keys.get(command) ?? [],
    isChanged: (command) => command in changes,
    commandOf: (names, where) => first(names.map((name) => tables[where].get(name)).find(Boolean)),
    rivalsOf: (command, key) => [...claimantsOf(canonical(key, isMac))].filter((other) => other !== command),
  };
}

/** key -> commands that want it in this place. */
function claims(keys, where, isMac) {
  const table = new Map();
  for (const [command, names] of keys) {
    for (const name of new Set(names)) {
      if (![where, "both"].includes(whereOf(name, isMac))) continue;
      table.set(name, [...(table.get(name) ?? []), command]);
    }
  }
  return table;
}
