/** Puts rescued text back where the caret is: one line for each of its own. */

import { TextSelection } from "prosemirror-state";
import { randomId } from "./ids.js";
import { cleanText, LONGEST_SEGMENT } from "./text_rules.js";

/** A transaction with the text, or null where it has no place: the text is empty, or has nowhere to go. */
export function insertAgain(state, text) {
  const lines = text
    .split("\n")
    .map((line) => cleanText(line).slice(0, LONGEST_SEGMENT))
    .filter(Boolean);
  const place = placeOf(state);
  if (!lines.length || !place) return null;
  const { speaker, end_ms } = place.node.attrs;
  const nodes = lines.map((line) => newLine(state.schema, line, { speaker, start_ms: end_ms, end_ms }));
  const tr = state.tr.insert(place.after, nodes);
  return tr.setSelection(TextSelection.create(tr.doc, place.after + 1)).scrollIntoView();
}

function newLine(schema, text, attrs) {
  return schema.nodes.segment.create({ ...attrs, id: randomId() }, schema.text(text));
}

/** Behind the segment with the caret, or the last one. */
function placeOf({ selection, doc }) {
  const { $head } = selection;
  if ($head.parent.isTextblock) return { node: $head.parent, after: $head.after() };
  const group = doc.lastChild;
  return group.lastChild?.isTextblock ? { node: group.lastChild, after: doc.content.size - 1 } : null;
}
