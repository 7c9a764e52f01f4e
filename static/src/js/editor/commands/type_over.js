/** Typing while text is selected: the selection goes as if it were deleted, then the letter comes. */

import { isEmptyText, startText } from "./first_words.js";
import { removeStretch } from "./join.js";

/** True where ProseMirror must not do it: across segments, or where there is no segment yet. */
export function typeOver(view, from, to, text) {
  const { doc } = view.state;
  if (isEmptyText(doc)) {
    view.dispatch(startText(view.state.tr, text).scrollIntoView());
    return true;
  }
  if (doc.resolve(from).sameParent(doc.resolve(to))) return false;
  view.dispatch(removeStretch(view.state.tr, from, to).insertText(text).scrollIntoView());
  return true;
}
