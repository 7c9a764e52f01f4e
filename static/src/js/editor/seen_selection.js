/**
 * Keys and the clipboard act on the selection that is seen.
 *
 * The browser moves a selection at once and tells of it in an event of its own, which lets keys pass: Shift+ArrowRight
 * and Ctrl+X right behind it would cut what was selected before. So the selection is read before anything acts on it.
 */

import { Plugin } from "prosemirror-state";

export function seenSelectionPlugin() {
  return new Plugin({ props: { handleDOMEvents: { keydown: read, copy: read, cut: read, paste: read } } });
}

/** Nothing is read while an input method composes: its text is not settled yet. */
function read(view) {
  if (!view.composing) view.domObserver.flush();
  return false;
}
