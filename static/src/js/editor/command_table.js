/**
 * Everything that can be done in the editor, by name: `{name: {label, group, run}}`.
 *
 * `run(state, dispatch, editor)` says whether there was something to do. Keys, menus and buttons name commands, so
 * that each of them can be given other keys.
 */

import { historyCommands } from "../history/history_commands.js";
import { conflictCommands } from "./conflict_commands.js";
import { doubtCommands } from "./doubt_commands.js";
import { findCommands } from "./find_commands.js";
import { helpCommands } from "./help_commands.js";
import { soundCommands } from "./sound_commands.js";
import { textCommands } from "./text_commands.js";
import { voiceCommands } from "./voice_commands.js";

export const COMMANDS = {
  ...soundCommands,
  ...textCommands,
  ...findCommands,
  ...doubtCommands,
  ...conflictCommands,
  ...voiceCommands,
  ...historyCommands,
  ...helpCommands,
};
