/** Going through what may be wrong, by name. */

const group = "Doubtful spots";

function guide(act) {
  return (_state, dispatch, editor) => {
    const found = editor.page.querySelector("vox-doubts");
    if (!found) return false;
    if (dispatch) act(found);
    return true;
  };
}

export const doubtCommands = {
  nextDoubt: { label: "Next doubtful spot", group, run: guide((found) => found.go(1)) },
  previousDoubt: { label: "Previous doubtful spot", group, run: guide((found) => found.go(-1)) },
  checkDoubt: { label: "This spot is right", group, run: guide((found) => found.check()) },
  showDoubts: { label: "Shade what may be wrong, or not", group, run: guide((found) => found.toggle()) },
};
