/**
 * A person's words and those of a new pass: which of them stand in the text.
 *
 * A conflict is `{key, offset, mine, text}`: `mine` stood at `offset` of the segment `key` where the pass heard `text`.
 */

import { closeHistory } from "prosemirror-history";
import { findAgain } from "./conflict_place.js";
import { posOfSegment } from "./segments.js";

/** What stands in the text after a choice; null where it stays as it is. */
export function wordsOf(choice, { mine, text }) {
  if (choice === "use") return text;
  return choice === "both" ? [mine, text].filter(Boolean).join(" ") : null;
}

/** `{id, from, to}` of the words in question; null when they are not there any more. */
export function placeOf(doc, { key, offset, mine }) {
  const pos = posOfSegment(doc, key);
  const found = pos >= 0 && findAgain(doc.nodeAt(pos).textContent, mine, offset);
  return found ? { id: key, from: found[0], to: found[1] } : null;
}

/** A transaction that puts `words` in their place, as a step of its own to undo; null when the place has gone. */
export function putWords(state, conflict, words) {
  const place = placeOf(state.doc, conflict);
  if (!place) return null;
  const { from, to } = words ? place : withSpace(state.doc, place);
  const start = posOfSegment(state.doc, conflict.key) + 1;
  const tr = closeHistory(state.tr);
  return words
    ? tr.replaceWith(start + from, start + to, state.schema.text(words))
    : tr.delete(start + from, start + to);
}

/** Words that go take a space along. */
function withSpace(doc, { id, from, to }) {
  const text = doc.nodeAt(posOfSegment(doc, id)).textContent;
  if (text[to] === " ") return { from, to: to + 1 };
  return text[from - 1] === " " ? { from: from - 1, to } : { from, to };
}

/** Whether a segment reads again as it did before the choice. */
export function isTakenBack(doc, { key, before, after }) {
  const pos = posOfSegment(doc, key);
  return before !== after && pos >= 0 && doc.nodeAt(pos).textContent === before;
}

/** The place of a conflict after its choice was made: what stands there now can be given back. */
export const reversed = (conflict, words) => ({ ...conflict, mine: words, text: conflict.mine });
