/** Finding, by name. The panel on the page does the work. */

const group = "Find";
const panelOf = (editor) => editor.page.querySelector("vox-find");

function panel(act) {
  return (_state, dispatch, editor) => {
    const found = panelOf(editor);
    return Boolean(found) && (!dispatch || act(found) !== false);
  };
}

function goToTime(_state, dispatch, editor) {
  const dialog = editor.page.querySelector("vox-go-to");
  if (!dialog || !editor.player) return false;
  if (dispatch) dialog.open();
  return true;
}

export const findCommands = {
  find: { label: "Find", group, run: panel((found) => found.open()) },
  replace: { label: "Find and replace", group, run: panel((found) => found.open({ isReplace: true })) },
  findNext: { label: "Next match", group, run: panel((found) => found.step(1)) },
  findPrevious: { label: "Previous match", group, run: panel((found) => found.step(-1)) },
  goToTime: { label: "Go to a time", group, run: goToTime },
};
