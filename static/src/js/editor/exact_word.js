import { lastAtOrBefore } from "../transcript/words.js";

const normal = (text) => text.trim();

/**
 * The word with exactly these times as it stands now: `{id, from, to, text, index}`, places inside its segment.
 * null where there is none; undefined while the words there are not loaded.
 */
export function exactWord(editor, startMs, endMs) {
  let found = null;
  for (const line of editor.lines.between(startMs - 1, endMs + 1)) {
    const table = editor.words.tableOf(line);
    if (!table) found = undefined;
    const index = table ? indexOf(table, startMs, endMs) : -1;
    if (index < 0) continue;
    const [from, to] = [table.froms[index], table.tos[index]];
    return { id: line.key, from, to, text: normal(line.text.slice(from, to)), index };
  }
  return found;
}

/** Several words may begin at one moment, where some have no length. */
function indexOf({ starts, ends }, startMs, endMs) {
  for (let index = lastAtOrBefore(starts, startMs); starts[index] === startMs; index -= 1) {
    if (ends[index] === endMs) return index;
  }
  return -1;
}
