/** The moment of a place in the text, from the word table of its segment. */

import { lastAtOrBefore, wordAtOffset } from "../transcript/words.js";

/**
 * When what stands before a place has ended, and what stands behind it begins: `{endMs, startMs}`.
 *
 * `table` may be null while words are not loaded; then letters are taken to sound evenly.
 */
export function momentsBeside(table, { startMs, endMs, text }, offset) {
  const before = table ? lastAtOrBefore(table.froms, offset - 1) : -1;
  if (!table?.froms.length) return both(startMs + share(offset, text.length) * (endMs - startMs));
  if (before >= 0 && offset < table.tos[before]) return both(momentIn(table, before, offset));
  const ended = before < 0 ? startMs : Math.round(table.ends[before]);
  const behind = table.starts[before + 1];
  return { endMs: ended, startMs: Math.max(ended, Math.round(behind ?? endMs)) };
}

function momentIn(table, word, offset) {
  const at = share(offset - table.froms[word], table.tos[word] - table.froms[word]);
  return table.starts[word] + at * (table.ends[word] - table.starts[word]);
}

const share = (part, whole) => (whole ? part / whole : 0);

function both(ms) {
  return { endMs: Math.round(ms), startMs: Math.round(ms) };
}

/** When the word at a place begins; without a table, the start of the line. */
export function momentOfPlace(table, line, offset) {
  const word = table ? wordAtOffset(table, offset) : -1;
  return word >= 0 ? table.starts[word] : line.startMs;
}
