import { undoDepth } from "prosemirror-history";
import { toast } from "../lib/toast.js";

/**
 * Say what was done, with a button that takes it back. It goes as soon as something else was done: the
 * button would then take back that.
 */
export function offerUndo(editor, text) {
  const depth = undoDepth(editor.view.state);
  const forget = () => editor.removeEventListener("editor-changed", check);
  const remove = toast(text, {
    label: "Undo",
    action: () => {
      forget();
      editor.run("undo");
      editor.view.focus();
    },
  });
  const check = () => {
    if (undoDepth(editor.view.state) === depth) return;
    forget();
    remove();
  };
  editor.addEventListener("editor-changed", check);
}
