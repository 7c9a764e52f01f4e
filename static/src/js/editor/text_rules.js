/** What the text of a segment may hold; the server refuses everything else. */

/** Characters as the server counts them: UTF-16 units. */
export const LONGEST_SEGMENT = 20_000;

/** Line breaks of every kind, tabs, and what cannot be seen or printed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;
const CONTROLS = new RegExp(`${CONTROL.source}+`, "g");

/** Whether this text may stand in a segment. */
export function isCleanText(text) {
  return !CONTROL.test(text) && text.isWellFormed();
}

/** The same text on one line, without characters that a segment must not hold. */
export function cleanText(text) {
  return text.toWellFormed().replaceAll(CONTROLS, " ");
}
