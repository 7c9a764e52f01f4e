import { shownKeys } from "./key_names.js";

/**
 * The sheet of keys: `[{name, rows: [{command, label, keys, isChanged, rivals}]}]` by group.
 *
 * `filter` is found in the label, the group or the keys as they are printed ("ctrl f"). Of the numbered commands
 * each is a row; `rivals` are the labels of other commands that claim one of the keys.
 */
export function sheetRows(commands, bindings, { isMac = false, filter = "" } = {}) {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = Object.entries(commands).map(([command, { label, group }]) =>
    rowOf({ command, label, group }, commands, bindings),
  );
  const kept = rows.filter((row) => matches(row, wanted, isMac));
  const names = [...new Set(kept.map(({ group }) => group))];
  return names.map((name) => ({ name, rows: kept.filter(({ group }) => group === name) }));
}

function rowOf({ command, label, group }, commands, bindings) {
  const keys = bindings.keysOf(command);
  const others = new Set(keys.flatMap((key) => bindings.rivalsOf(command, key)));
  const rivals = [...others].map((other) => commands[other]?.label).filter(Boolean);
  return { command, label, group, keys, isChanged: bindings.isChanged(command), rivals };
}

function matches({ label, group, keys }, wanted, isMac) {
  const printed = keys.flatMap((key) => shownKeys(key, isMac)).join(" ");
  const text = `${label} ${group} ${printed}`.toLowerCase();
  return wanted.every((word) => text.includes(word));
}
