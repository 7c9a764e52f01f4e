/** Spaces where two pieces of text part or meet. */

/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const SPACE = /\s/;

/** What has to stand between two texts that become one: a space, or nothing. */
export function spaceBetween(before, after) {
  if (!before || !after || SPACE.test(before.at(-1)) || SPACE.test(after[0])) return "";
  return UNSPACED.test(before.at(-1)) && UNSPACED.test(after[0]) ? "" : " ";
}

/** How many spaces stand around a place in `text`: they go when it is parted there. */
export function spacesAround(text, at) {
  const before = /\s*$/.exec(text.slice(0, at))[0].length;
  const after = /^\s*/.exec(text.slice(at))[0].length;
  return { before, after };
}
