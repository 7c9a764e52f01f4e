/** Keys of a page: one key, one command, unless the key belongs to what has the focus. */

const ARROWS_ARE_TAKEN = "[role=slider], [role=tab], [role=separator], [role=menu], video";
const SPACE_IS_TAKEN = "button, summary, a, [role=button], [role=tab]";
export const TYPING = "input, textarea, select, [contenteditable=''], [contenteditable=true]";

/**
 * Make `commandOf(event)`: the command of a key press, or null where the key means something else there.
 *
 * Each shortcut is `{keys, command, shown, label}`; letters are given small and hold for both cases; "Shift+s" holds
 * with Shift only.
 */
export function commandFinder(shortcuts) {
  const commands = new Map(shortcuts.flatMap(({ keys, command }) => keys.map((key) => [key, command])));
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const command = (event.shiftKey && commands.get(`Shift+${name}`)) || commands.get(name);
    return command && !isTaken(name, event.target) ? command : null;
  };
}

/** Whether the key means something else to what has the focus. */
export function isTaken(key, target) {
  if (!target?.closest) return false;
  if (target.closest(TYPING) || target.closest("dialog, [popover]")) return true;
  if (key === " ") return Boolean(target.closest(SPACE_IS_TAKEN));
  return key.startsWith("Arrow") && Boolean(target.closest(ARROWS_ARE_TAKEN));
}
