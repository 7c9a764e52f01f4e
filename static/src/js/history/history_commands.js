/** What can be done with the history from the keyboard. The panel and the passage card listen on the page. */

const HERE = "History";

export const historyCommands = {
  saveVersion: {
    label: "Save a version with a name",
    group: HERE,
    run: (_state, dispatch, editor) => editor.canEdit && tell(editor, dispatch, "version-asked"),
  },
  openHistory: {
    label: "Show the history",
    group: HERE,
    run: (_state, dispatch, editor) => tell(editor, dispatch, "history-asked"),
  },
  whoChangedThis: {
    label: "Who changed this passage",
    group: HERE,
    run(state, dispatch, editor) {
      const found = editor.segmentAt(state.selection.head);
      return Boolean(found) && tell(editor, dispatch, "passage-asked", { key: found.node.attrs.id });
    },
  },
};

/** Without `dispatch` it is only asked whether the command applies. */
function tell(editor, dispatch, type, detail) {
  if (dispatch) editor.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  return true;
}
