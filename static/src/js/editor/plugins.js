/** What the editor is made of. Earlier plugins see keys and clicks first. */

import { baseKeymap } from "prosemirror-commands";
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { caretInText } from "./caret_in_text.js";
import { clipboardPlugin } from "./clipboard.js";
import { keysPlugin } from "./keys_plugin.js";
import { leavingPlugin } from "./leaving.js";
import { seenSelectionPlugin } from "./seen_selection.js";
import { surfacePlugin } from "./surface.js";
import { turnNamesPlugin } from "./turn_names.js";
import { typingKeys } from "./typing_keys.js";

/** Changes that far apart in time are taken back one by one. */
const UNDO_PAUSE_MS = 500;
const UNDO_DEPTH = 5_000;

export function pluginsFor(editor) {
  return [
    seenSelectionPlugin(),
    caretInText(),
    leavingPlugin(editor),
    clipboardPlugin(editor),
    // Plugins of features stand here: they see keys before the plain ones of every text field.
    keysPlugin(editor),
    keymap(typingKeys(editor)),
    keymap(baseKeymap),
    history({ depth: UNDO_DEPTH, newGroupDelay: UNDO_PAUSE_MS }),
    turnNamesPlugin(editor),
    surfacePlugin(editor),
  ];
}
