/** Writing where nothing is written yet: the first segment comes with the first words. */

import { TextSelection } from "prosemirror-state";
import { randomId } from "../ids.js";

export const isEmptyText = (doc) => doc.childCount === 1;

/** Add a first segment with `text` and put the caret behind it. */
export function startText(tr, text = "") {
  const { group, segment } = tr.doc.type.schema.nodes;
  const words = text ? tr.doc.type.schema.text(text) : null;
  const from = tr.doc.content.size;
  tr.insert(from, group.create(null, segment.create({ id: randomId() }, words)));
  return tr.setSelection(TextSelection.create(tr.doc, from + 2 + text.length));
}

export function startWriting(state, dispatch) {
  if (!isEmptyText(state.doc)) return false;
  dispatch?.(startText(state.tr));
  return true;
}
