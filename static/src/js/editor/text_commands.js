/** What can be done with the text itself, by name. */

import { startWriting } from "./commands/first_words.js";
import { joinAfter, joinBefore } from "./commands/join.js";
import { selectText } from "./commands/select_text.js";
import { splitSegment } from "./commands/split.js";
import { toggleShading } from "./shading.js";
import { redo, undo } from "./undo.js";

function showChanged(_state, dispatch, editor) {
  if (dispatch) toggleShading(editor.page);
  return true;
}

export const textCommands = {
  split: {
    label: "New passage at the caret",
    group: "Text",
    run: (state, dispatch, editor) => startWriting(state, dispatch) || splitSegment(state, dispatch, editor),
  },
  join: {
    label: "Join with the passage before, at its start",
    group: "Text",
    run: (state, dispatch) => joinBefore(state, dispatch),
  },
  joinNext: {
    label: "Join with the next passage, at the end",
    group: "Text",
    run: (state, dispatch) => joinAfter(state, dispatch),
  },
  selectText: {
    label: "Select all of the text",
    group: "Text",
    run: (state, dispatch) => selectText(state, dispatch),
  },
  showChanged: { label: "Show what people changed, or not", group: "Text", run: showChanged },
  undo: { label: "Undo", group: "Text", run: (state, dispatch) => undo(state, dispatch) },
  redo: { label: "Redo", group: "Text", run: (state, dispatch) => redo(state, dispatch) },
};
