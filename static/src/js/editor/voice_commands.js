/** Commands about who speaks, by name: keys and menus call them. */

import { announce } from "../lib/announce.js";
import { splitAtCaret } from "./commands/split.js";
import { segmentAt } from "./segments.js";
import { voiceOfSegment } from "./turn_names.js";
import { addVoice, assignNumber, splitToOther } from "./voices.js";

const group = "Speakers";
const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Run `command`, then tell who speaks at the caret now: colours alone do not say it to everybody. */
const telling = (command) => (state, dispatch, editor) => {
  const isDone = command(state, dispatch);
  if (isDone && dispatch && editor) tellVoice(editor.view.state);
  return isDone;
};

function tellVoice({ doc, selection }) {
  const here = segmentAt(doc, selection.from);
  if (here) announce(`${voiceOfSegment(doc, here.node).shown} speaks here now.`);
}

const assign = (number) => ({
  label: `Speaker ${number} says this`,
  group,
  run: telling(assignNumber(number)),
});

const assignTurn = (number) => ({
  label: `Speaker ${number} says this whole turn`,
  group,
  run: telling(assignNumber(number, { isTurn: true })),
});

/** The small menu beside the name is the page's. */
function renameAtCaret(state, dispatch, editor) {
  const here = segmentAt(state.doc, state.selection.from);
  if (!here || !editor.canEdit) return false;
  if (dispatch) editor.tell("rename-asked", { pos: here.pos });
  return true;
}

const splitToOtherHere = (state, dispatch, editor) =>
  telling(splitToOther((tr) => splitAtCaret(tr, editor)))(state, dispatch, editor);

export const voiceCommands = {
  renameSpeaker: { label: "Name the speaker, everywhere or only here", group, run: renameAtCaret },
  newSpeaker: { label: "Split here, somebody else goes on", group, run: splitToOtherHere },
  ...Object.fromEntries(NUMBERS.map((number) => [`speaker${number}`, assign(number)])),
  speaker0: { label: "Nobody known says this", group, run: telling(assignNumber(0)) },
  ...Object.fromEntries(NUMBERS.map((number) => [`turnSpeaker${number}`, assignTurn(number)])),
  addSpeaker: { label: "Add a speaker", group, run: addVoice() },
};
