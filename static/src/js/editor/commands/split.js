/** A segment becomes two at the caret. The sound of each word stays with its word. */

import { Fragment, Slice } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { randomId } from "../ids.js";
import { segmentAt } from "../segments.js";
import { spacesAround } from "../spacing.js";
import { removeStretch, setAttr } from "./join.js";

/** Enter. */
export function splitSegment(state, dispatch, editor) {
  if (!segmentAt(state.doc, state.selection.from)) return false;
  const { tr } = state;
  if (!splitAtCaret(tr, editor)) return false;
  dispatch?.(tr.scrollIntoView());
  return true;
}

/** Add the steps to `tr`, for commands that do more; the caret then stands in the second part. */
export function splitAtCaret(tr, editor) {
  const { from, to } = tr.selection;
  if (from !== to) removeStretch(tr, from, to);
  const at = tr.selection.from;
  const place = segmentAt(tr.doc, at);
  if (!place) return false;
  split(tr, place, at - place.pos - 1, editor);
  return true;
}

function split(tr, { node, pos }, offset, editor) {
  const { endMs, startMs } = editor.momentsBeside(node, offset);
  const { before, after } = spacesAround(node.textContent, offset);
  const second = node.type.create({ ...node.attrs, id: randomId(), start_ms: startMs });
  const at = pos + 1 + offset;
  const border = new Slice(Fragment.from([node.type.create(node.attrs), second]), 1, 1);
  tr.step(new ReplaceStep(at - before, at + after, border, before + after === 0));
  setAttr(tr, pos, "end_ms", endMs);
  return tr.setSelection(TextSelection.create(tr.doc, at - before + 2));
}
