/** What a place in the text sounds like: the span of a segment or of a selection. */

import { wordAtOffset } from "../transcript/words.js";
import { visitSegments } from "./segments.js";

/** `{fromMs, toMs}` of a segment's node. */
export function spanOfSegment({ attrs }) {
  return { fromMs: attrs.start_ms, toMs: attrs.end_ms };
}

/**
 * `{fromMs, toMs}` from the first selected word to the last one, or null where nothing is selected.
 * `wordsOf(node)` gives a segment's word table; one that is not here yet counts as a whole.
 */
export function spanOfSelection(state, wordsOf) {
  const { from, to, empty } = state.selection;
  if (empty) return null;
  const spans = [];
  visitSegments(state.doc, from, to, (node, pos) => {
    const [first, last] = [Math.max(0, from - pos - 1), Math.min(node.content.size, to - pos - 1)];
    if (last > first) spans.push(spanOfText(node, first, last, wordsOf(node)));
  });
  if (!spans.length) return null;
  return {
    fromMs: Math.min(...spans.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...spans.map(({ toMs }) => toMs)),
  };
}

function spanOfText(node, first, last, words) {
  if (!words?.froms.length) return spanOfSegment(node);
  return {
    fromMs: words.starts[wordAtOffset(words, first)],
    toMs: words.ends[wordAtOffset(words, last - 1)],
  };
}
