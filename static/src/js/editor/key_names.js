/**
 * Keys by name: "Mod-f", "Alt-j", "Shift-Tab", "F1", "?". Mod is ⌘ on a Mac and Ctrl elsewhere.
 *
 * A letter is written small and takes its Shift along ("Shift-s"); of another character Shift is a part ("?").
 */

export const IS_MAC = /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? "");

const ORDER = ["Ctrl", "Alt", "Shift", "Meta"];
const NAME = /^((?:(?:Ctrl|Alt|Shift|Meta|Mod)-)*)(.+)$/;
const ALONE = new Set(
  "Control Shift Alt AltGraph Meta CapsLock Fn Dead Process Unidentified Compose".split(" "),
);
const MARKS = {
  Comma: ",",
  Period: ".",
  Slash: "/",
  Semicolon: ";",
  Quote: "'",
  BracketLeft: "[",
  BracketRight: "]",
  Minus: "-",
  Equal: "=",
  Backquote: "`",
  Backslash: "\\",
};
const PRINTED = /^[\x21-\x7e]$/;

/** The names of a key press, the most exact one first; none for a modifier alone or a typed character of AltGr. */
export function keyNamesOf(event, isMac) {
  const { key, code = "" } = event;
  if (!key || ALONE.has(key) || event.isComposing || isTypedByAltGr(event)) return [];
  const typed = isMac && event.altKey && key.length === 1 ? [] : [nameOf(key, event, true)];
  const placed = baseOf(event, code).map((base) => nameOf(base, event, false));
  // Where digits are typed with Shift, Ctrl with Shift and a digit would be the same as Ctrl with the digit.
  const isShiftedDigit = event.shiftKey && code.startsWith("Digit");
  return [...new Set(isShiftedDigit ? [...placed, ...typed] : [...typed, ...placed])];
}

function isTypedByAltGr(event) {
  return event.key.length === 1 && Boolean(event.getModifierState?.("AltGraph"));
}

/** The key by its place, where the character is none of the ones in bindings or hides it. */
function baseOf({ key, ctrlKey, altKey, metaKey }, code) {
  const held = ctrlKey || altKey || metaKey;
  const letter = /^Key([A-Z])$/.exec(code)?.[1].toLowerCase();
  if (letter && key.length === 1 && (altKey || !PRINTED.test(key))) return [letter];
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  return held && (digit ?? MARKS[code]) ? [digit ?? MARKS[code]] : [];
}

function nameOf(base, event, isTyped) {
  const name = base === " " ? "Space" : base.length === 1 ? base.toLowerCase() : base;
  const isShiftIn = isTyped && name.length === 1 && !/\p{L}/u.test(name);
  const { ctrlKey, altKey, metaKey, shiftKey } = event;
  const held = { Ctrl: ctrlKey, Alt: altKey, Shift: shiftKey && !isShiftIn, Meta: metaKey };
  return joined(
    ORDER.filter((modifier) => held[modifier]),
    name,
  );
}

const joined = (modifiers, base) => [...modifiers, base].join("-");

function split(name) {
  const [, modifiers, base] = NAME.exec(name);
  return { modifiers: modifiers.split("-").filter(Boolean), base };
}

/** The name as a key press on this kind of machine gives it: without Mod, the modifiers in one order. */
export function canonical(name, isMac) {
  const { modifiers, base } = split(name);
  const held = new Set(modifiers.map((one) => (one === "Mod" ? (isMac ? "Meta" : "Ctrl") : one)));
  return joined(
    ORDER.filter((one) => held.has(one)),
    base,
  );
}

/** The name as it is stored, so that it fits on the other kind of machine too. */
export function portable(name, isMac) {
  const { modifiers, base } = split(name);
  const own = isMac ? "Meta" : "Ctrl";
  return joined(
    modifiers.map((one) => (one === own ? "Mod" : one)),
    base,
  );
}

const MAC = { Ctrl: "⌃", Alt: "⌥", Shift: "⇧", Meta: "⌘" };
const SHOWN = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  Delete: "Del",
  PageUp: "Page up",
  PageDown: "Page down",
};

/** What stands on the keys: ["Ctrl", "F"], on a Mac ["⌘", "F"]. */
export function shownKeys(name, isMac) {
  const { modifiers, base } = split(canonical(name, isMac));
  const cap = SHOWN[base] ?? (base.length === 1 ? base.toUpperCase() : base);
  return [...modifiers.map((one) => (isMac ? MAC[one] : one)), cap];
}

const TEXT_ONLY = new Set("Tab Enter Backspace Delete Escape".split(" "));
const FUNCTION = /^F\d{1,2}$/;
const MOVES = new Set("ArrowLeft ArrowRight ArrowUp ArrowDown Home End PageUp PageDown".split(" "));

/**
 * Where a key can be a command: "text" while writing, "page" outside of the text, "both".
 *
 * What types or moves the caret belongs to the text; Tab, Enter and the like belong to the page outside of it.
 */
export function whereOf(name, isMac) {
  const { modifiers, base } = split(canonical(name, isMac));
  const isHeld = modifiers.some((one) => one !== "Shift");
  if (MOVES.has(base)) return modifiers.includes("Alt") && !isMac ? "both" : "page";
  if (isHeld || FUNCTION.test(base)) return "both";
  return TEXT_ONLY.has(base) ? "text" : "page";
}

const KEPT =
  "Mod-n Mod-t Mod-w Mod-Shift-n Mod-Shift-t Mod-Shift-w Mod-q Ctrl-Tab Ctrl-Shift-Tab Alt-F4".split(" ");
const CLIPBOARD = "Mod-c Mod-x Mod-v Mod-a Mod-Shift-v".split(" ");

/** Why nobody can have this key for a command, as a sentence; "" where they can. */
export function whyNot(name, isMac) {
  const isOneOf = (names) => names.some((one) => canonical(one, isMac) === canonical(name, isMac));
  if (isOneOf(KEPT)) return "The browser keeps this key for itself. Choose another one.";
  if (isOneOf(CLIPBOARD)) return "This key copies, cuts, pastes or selects. Choose another one.";
  return "";
}

/** What the stored form may look like; the server checks the same. */
export const KEY_NAME = /^(?:(?:Ctrl|Alt|Shift|Meta|Mod)-){0,4}(?:[^\s]|[A-Z][A-Za-z0-9]{1,20})$/u;
