/** Keys of the transcript page. Each entry: the keys, the command, and what the sheet of keys says. */

export const SHORTCUTS = [
  { keys: [" ", "k"], command: "toggle", shown: ["Space", "K"], label: "Play or pause" },
  { keys: ["ArrowLeft"], command: "back5", shown: ["←"], label: "Back 5 seconds" },
  { keys: ["ArrowRight"], command: "forward5", shown: ["→"], label: "Forward 5 seconds" },
  { keys: ["j"], command: "back10", shown: ["J"], label: "Back 10 seconds" },
  { keys: ["l"], command: "forward10", shown: ["L"], label: "Forward 10 seconds" },
  { keys: ["["], command: "previousLine", shown: ["["], label: "Previous passage" },
  { keys: ["]"], command: "nextLine", shown: ["]"], label: "Next passage" },
  { keys: ["<", ","], command: "slower", shown: ["<"], label: "Slower" },
  { keys: [">", "."], command: "faster", shown: [">"], label: "Faster" },
  { keys: ["f"], command: "follow", shown: ["F"], label: "Back to the spoken word" },
  { keys: ["?"], command: "keys", shown: ["?"], label: "Show these keys" },
];

const COMMANDS = new Map(SHORTCUTS.flatMap(({ keys, command }) => keys.map((key) => [key, command])));
const ARROWS_ARE_TAKEN = "[role=slider], [role=tab], [role=separator], [role=menu], video";
const SPACE_IS_TAKEN = "button, summary, a, [role=button], [role=tab]";
const TYPING = "input, textarea, select, [contenteditable=''], [contenteditable=true]";

/** The command for a key press, or null where the key belongs to what has the focus. */
export function commandOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const command = COMMANDS.get(key) ?? null;
  return command && !isTaken(key, event.target) ? command : null;
}

function isTaken(key, target) {
  if (!target?.closest) return false;
  if (target.closest(TYPING) || target.closest("dialog, [popover]")) return true;
  if (key === " ") return Boolean(target.closest(SPACE_IS_TAKEN));
  return key.startsWith("Arrow") && Boolean(target.closest(ARROWS_ARE_TAKEN));
}
