/** Keys that every text field has. They are no commands of ours to be given other keys. */

import { chainCommands } from "prosemirror-commands";
import { joinAfter, joinBefore, removeSelection } from "./commands/join.js";
import { lineUp, selectLineUp } from "./commands/line_up.js";
import { selectText, selectToStart, toStart } from "./commands/select_text.js";
import { splitSegment } from "./commands/split.js";

const isMac = /Mac|iP(hone|[oa]d)/.test(globalThis.navigator?.platform ?? "");

export function typingKeys(editor) {
  // Whatever else starts a new passage: a line break has no place in a text of passages.
  const enter = (state, dispatch) => splitSegment(state, dispatch, editor);
  const back = chainCommands(removeSelection, joinBefore);
  const forward = chainCommands(removeSelection, joinAfter);
  const keys = { Backspace: back, "Shift-Backspace": back, "Mod-Backspace": back, Delete: forward };
  Object.assign(keys, { "Mod-Delete": forward, "Mod-a": selectText, Enter: enter, "Shift-Enter": enter });
  const start = isMac ? "ArrowUp" : "Home";
  Object.assign(keys, { [`Mod-${start}`]: toStart, [`Mod-Shift-${start}`]: selectToStart });
  Object.assign(keys, { ArrowUp: lineUp, "Shift-ArrowUp": selectLineUp });
  if (isMac)
    Object.assign(keys, { "Ctrl-h": back, "Alt-Backspace": back, "Ctrl-d": forward, "Alt-Delete": forward });
  return keys;
}
