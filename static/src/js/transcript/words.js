/**
 * The word table of one segment: when each word sounds and where it stands in the text.
 *
 * The wire form is `[[dt_ms, duration_ms, "text"], ...]`; `dt_ms` counts from the start of the segment for
 * the first word and from the start of the word before for every other one.
 */

/** How long a word stays painted after it has ended, so that short gaps do not flicker. */
export const AFTERGLOW_MS = 400;

/** The words as `[[start_ms, end_ms, "text"], ...]`. */
export function decodeWords(rows, segmentStartMs) {
  let startMs = segmentStartMs;
  return rows.map(([stepMs, durationMs, word]) => {
    startMs += stepMs;
    return [startMs, startMs + durationMs, word];
  });
}

/**
 * Return `{starts, ends, froms, tos}`: times in milliseconds, places as offsets into `text`.
 *
 * A word that does not stand in the text (it was edited away) gets an empty place, and is never painted.
 */
export function placeWords(words, text) {
  const count = words.length;
  const table = {
    starts: new Float64Array(count),
    ends: new Float64Array(count),
    froms: new Int32Array(count),
    tos: new Int32Array(count),
  };
  let searchFrom = 0;
  words.forEach(([startMs, endMs, word], index) => {
    table.starts[index] = startMs;
    table.ends[index] = endMs;
    searchFrom = place(table, index, text, word.trim(), searchFrom);
  });
  return table;
}

function place(table, index, text, word, searchFrom) {
  const at = word ? text.indexOf(word, searchFrom) : -1;
  table.froms[index] = at < 0 ? searchFrom : at;
  table.tos[index] = at < 0 ? searchFrom : at + word.length;
  return table.tos[index];
}

/** Index of the last element of ascending `values` that is <= `value`, or -1. */
export function lastAtOrBefore(values, value) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the word that sounds at `ms`, or -1 in a pause. */
export function wordAt(table, ms) {
  const index = lastAtOrBefore(table.starts, ms);
  if (index < 0 || ms > table.ends[index] + AFTERGLOW_MS) return -1;
  return table.tos[index] > table.froms[index] ? index : -1;
}

/** Index of the word at a place in the text; between two words, of the one before. -1 where there is none. */
export function wordAtOffset(table, offset) {
  if (!table.froms.length) return -1;
  return Math.max(0, lastAtOrBefore(table.froms, offset));
}
