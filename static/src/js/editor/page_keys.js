/** Keys outside of the text: which command a key press is, unless the key belongs to what has the focus. */

import { isTaken, TYPING } from "../lib/key_commands.js";
import { keyNamesOf, whereOf } from "./key_names.js";

/** In a text box only keys that neither type nor move in it, and only for these. */
const IN_FIELDS = new Set(["Sound", "Find", "Help"]);

/**
 * The command, or null. `groupOf(command)` is its group; with `withoutLetters` (for people whose speech input types)
 * only keys with Ctrl, ⌘, Alt and the keys F1, F2, … are commands, and the one that shows the sheet.
 */
export function pageCommandOf(event, { bindings, isMac, groupOf, withoutLetters }) {
  const target = event.target?.closest ? event.target : NOWHERE;
  if (event.defaultPrevented || target.closest("dialog, [popover]")) return null;
  const names = keyNamesOf(event, isMac);
  const command = bindings.commandOf(names, "page");
  if (!command) return null;
  const isHeld = names.some((name) => whereOf(name, isMac) === "both");
  if (target.closest(TYPING)) return isHeld && mayInField(target, groupOf(command)) ? command : null;
  return isHeld || isFree(names[0], target, command, withoutLetters) ? command : null;
}

const NOWHERE = { closest: () => null };

function isFree(name, target, command, withoutLetters) {
  if (withoutLetters && command !== "keys") return false;
  return !isTaken(name === "Space" ? " " : name, target);
}

/** The text itself has its own keys. */
const mayInField = (target, group) => !target.closest(".ProseMirror") && IN_FIELDS.has(group);
