/**
 * Two segments become one. No text is moved, only the border between them goes, so that what others type in either
 * of them meanwhile stays where it is.
 */

import { Slice } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { segmentAt } from "../segments.js";
import { spaceBetween } from "../spacing.js";

/** Backspace at the start of a segment. */
export const joinBefore = (state, dispatch) => atEdge(state, dispatch, "start");

/** Delete at the end of a segment. */
export const joinAfter = (state, dispatch) => atEdge(state, dispatch, "end");

function atEdge(state, dispatch, edge) {
  const { $cursor } = state.selection;
  if ($cursor?.depth !== 2) return false;
  const isAtEdge =
    edge === "start" ? $cursor.parentOffset === 0 : $cursor.parentOffset === $cursor.parent.content.size;
  if (!isAtEdge) return false;
  const secondPos = edge === "start" ? $cursor.before() : segmentBehind(state.doc, $cursor.after());
  const firstEnd = secondPos === null ? null : segmentEndBefore(state.doc, secondPos);
  // At either end of the text there is nothing to join; the key does nothing rather than something else.
  if (firstEnd !== null && dispatch) dispatch(joinSegments(state.tr, firstEnd, secondPos).scrollIntoView());
  return true;
}

/** Position before the segment that follows the end of another one, or null at the end of the text. */
function segmentBehind(doc, end) {
  const $end = doc.resolve(end);
  if ($end.nodeAfter) return end;
  return $end.after() < doc.content.size ? $end.after() + 1 : null;
}

function segmentEndBefore(doc, pos) {
  const $pos = doc.resolve(pos);
  if ($pos.nodeBefore) return pos;
  const border = $pos.before();
  return doc.resolve(border).nodeBefore?.type.name === "group" ? border - 1 : null;
}

/** Join the segment that ends at `firstEnd` with the one that begins at `secondPos`; the caret stands between. */
export function joinSegments(tr, firstEnd, secondPos) {
  const first = tr.doc.resolve(firstEnd).nodeBefore;
  const second = tr.doc.nodeAt(secondPos);
  const firstPos = firstEnd - first.nodeSize;
  const seam = firstEnd - 1;
  tr.step(new ReplaceStep(seam, secondPos + 1, Slice.empty, true));
  const space = spaceBetween(first.textContent, second.textContent);
  if (space) tr.insertText(space, seam);
  keepAttrs(tr, firstPos, first, second);
  return tr.setSelection(TextSelection.create(tr.doc, seam + space.length));
}

/** The first one goes on to the end of the second; an empty one gives way altogether. */
function keepAttrs(tr, pos, first, second) {
  const isEmpty = !first.textContent;
  setAttr(tr, pos, "end_ms", Math.max(first.attrs.end_ms, second.attrs.end_ms));
  if (!isEmpty) return;
  setAttr(tr, pos, "speaker", second.attrs.speaker);
  if (second.textContent) setAttr(tr, pos, "start_ms", second.attrs.start_ms);
}

/** Steps are kept for good: none that changes nothing. */
export function setAttr(tr, pos, name, value) {
  if (tr.doc.nodeAt(pos).attrs[name] !== value) tr.setNodeAttribute(pos, name, value);
}

/** Take a stretch of text away; what is left of its first and its last segment becomes one. */
export function removeStretch(tr, from, to) {
  const first = segmentAt(tr.doc, from);
  const last = segmentAt(tr.doc, to);
  if (!first || !last || from >= to) return tr;
  tr.step(new ReplaceStep(from, to, Slice.empty));
  if (last.pos !== first.pos) {
    setAttr(tr, first.pos, "end_ms", Math.max(first.node.attrs.end_ms, last.node.attrs.end_ms));
  }
  return tr.setSelection(TextSelection.create(tr.doc, from));
}

/** Any key that takes a selection away. */
export function removeSelection(state, dispatch) {
  const { from, to, empty } = state.selection;
  if (empty) return false;
  dispatch?.(removeStretch(state.tr, from, to).scrollIntoView());
  return true;
}
