/**
 * One line up from the very start of a segment: to the last line of the one before.
 *
 * Browsers find no way there where nothing but the cast stands above that line, and leave the caret where no key
 * reaches it. From everywhere else they go up by themselves.
 */

import { TextSelection } from "prosemirror-state";

export const lineUp = (state, dispatch, view) => goUp(state, dispatch, view, (to) => to);

export const selectLineUp = (state, dispatch, view) =>
  goUp(state, dispatch, view, () => state.selection.anchor);

function goUp({ doc, tr, selection }, dispatch, view, anchorOf) {
  const { $head } = selection;
  if (!view || !(selection instanceof TextSelection) || $head.depth !== 2 || $head.parentOffset > 0)
    return false;
  const to = lastLineAbove(doc, $head, view);
  dispatch?.(tr.setSelection(TextSelection.create(doc, anchorOf(to), to)).scrollIntoView());
  return true;
}

/** Where the last line of the segment before begins; in the first one, where the caret is. */
function lastLineAbove(doc, $head, view) {
  const end = TextSelection.findFrom(doc.resolve($head.before()), -1, true)?.head;
  if (end === undefined) return $head.pos;
  const { $head: $end } = TextSelection.create(doc, end);
  const { top, bottom } = view.coordsAtPos(end, -1);
  const left = view.coordsAtPos($end.start(), 1).left;
  const found = view.posAtCoords({ left, top: (top + bottom) / 2 })?.pos ?? end;
  return Math.min(Math.max(found, $end.start()), end);
}
