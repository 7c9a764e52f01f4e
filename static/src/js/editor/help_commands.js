/** Help, by name. */

export const helpCommands = {
  keys: {
    label: "Show and change the keys",
    group: "Help",
    run: (_state, dispatch, editor) => {
      const sheet = editor.page.querySelector("vox-key-sheet");
      if (sheet && dispatch) sheet.open();
      return Boolean(sheet);
    },
  },
};
