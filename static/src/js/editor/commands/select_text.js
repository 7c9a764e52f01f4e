/** Everything that was said, and nothing of the cast: browsers find no way to the start past what cannot be edited. */

import { TextSelection } from "prosemirror-state";

export function selectText(state, dispatch) {
  const span = textSpan(state.doc);
  if (span) dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, span.from, span.to)));
  return true;
}

/** The caret goes to the start of the first segment. */
export function toStart(state, dispatch) {
  return goToStart(state, dispatch, (from) => from);
}

export function selectToStart(state, dispatch) {
  return goToStart(state, dispatch, () => state.selection.anchor);
}

function goToStart({ doc, tr }, dispatch, anchorOf) {
  const span = textSpan(doc);
  if (!span) return true;
  const selection = TextSelection.create(doc, anchorOf(span.from), span.from);
  dispatch?.(tr.setSelection(selection).scrollIntoView());
  return true;
}

/** From the start of the first segment to the end of the last one, or null without text. */
export function textSpan(doc) {
  const first = doc.childCount > 1 ? doc.firstChild.nodeSize + 2 : null;
  return first === null ? null : { from: first, to: doc.content.size - 2 };
}
