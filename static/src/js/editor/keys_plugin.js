import { Plugin } from "prosemirror-state";
import { ownKeys } from "./key_choice.js";
import { keyNamesOf } from "./key_names.js";

/** Keys while writing: each runs the command that it is bound to. A command with nothing to do lets the key go on. */
export function keysPlugin(editor, keys = ownKeys) {
  const handleKeyDown = (view, event) => {
    if (view.composing) return false;
    const command = keys.bindings.commandOf(keyNamesOf(event, keys.isMac), "text");
    return command !== null && editor.run(command);
  };
  return new Plugin({ props: { handleKeyDown } });
}
