/** Going through what a new transcription heard differently, by name. */

const group = "New transcription";

function guide(act) {
  return (_state, dispatch, editor) => {
    const found = editor.page.querySelector("vox-conflicts");
    if (!found || found.hidden) return false;
    if (dispatch) act(found);
    return true;
  };
}

export const conflictCommands = {
  nextConflict: { label: "Next conflict (there: 1 yours, 2 new, 3 both)", group, run: guide((f) => f.go(1)) },
  previousConflict: { label: "Previous conflict", group, run: guide((f) => f.go(-1)) },
};
