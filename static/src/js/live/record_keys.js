import { commandFinder } from "../lib/key_commands.js";

/** Keys of the record page; K, F and ? mean what they mean on a transcript's page. */
export const RECORD_SHORTCUTS = [
  { keys: ["r"], command: "record", shown: ["R"], label: "Start recording" },
  { keys: [" ", "k"], command: "pause", shown: ["Space", "K"], label: "Pause, or go on" },
  { keys: ["m"], command: "mark", shown: ["M"], label: "Mark this moment, with a note if you like" },
  { keys: ["Shift+s"], command: "stop", shown: ["Shift S"], label: "Stop and finish" },
  { keys: ["f"], command: "follow", shown: ["F"], label: "Back to the newest words" },
  { keys: ["?"], command: "keys", shown: ["?"], label: "Show these keys" },
];

export const recordCommandOf = commandFinder(RECORD_SHORTCUTS);
