/**
 * Where there is text, the caret stands in it.
 *
 * A document without text has no place for one, so that everything counts as selected. When text comes, whoever
 * waits there with the keyboard would have all of it selected, and the next key would meet all of it.
 */

import { AllSelection, Plugin, TextSelection } from "prosemirror-state";
import { textSpan } from "./commands/select_text.js";

export function caretInText() {
  return new Plugin({
    appendTransaction: (_changes, _before, { doc, selection, tr }) => {
      const span = selection instanceof AllSelection ? textSpan(doc) : null;
      return span && tr.setSelection(TextSelection.create(doc, span.from));
    },
  });
}
