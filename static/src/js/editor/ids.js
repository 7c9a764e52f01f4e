/** Names that nobody else makes, short enough to be kept with every segment and every step. */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LENGTH = 12;

/** Twelve characters that may stand in an address: a new segment, or a page that edits. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return Array.from(bytes, (byte) => LETTERS[byte & 63]).join("");
}
