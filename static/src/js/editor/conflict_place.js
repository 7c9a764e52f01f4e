/** Find the words of a conflict in a text that may have been edited since. Twin of actions/merge/find_again.py. */

const WORD = /[\p{L}\p{N}]/u;
/** From here on scripts are written without spaces: their words touch each other. */
const UNSPACED_FROM = "\u0e00";

/** `[from, to]` of `words` as whole words, nearest to `offset`; null where they do not stand there any more. */
export function findAgain(text, words, offset) {
  if (!words) return text ? null : [0, 0];
  let best = -1;
  for (let from = text.indexOf(words); from >= 0; from = text.indexOf(words, from + 1)) {
    const isNearer = best < 0 || Math.abs(from - offset) < Math.abs(best - offset);
    if (isNearer && isWhole(text, from, from + words.length)) best = from;
  }
  return best < 0 ? null : [best, best + words.length];
}

function isWhole(text, from, to) {
  const before = from > 0 && isOneWord(text.slice(0, from), text.slice(from));
  return !before && !(to < text.length && isOneWord(text.slice(0, to), text.slice(to)));
}

function isOneWord(left, right) {
  const last = [...left.slice(-2)].at(-1);
  const [first] = right;
  return WORD.test(last) && WORD.test(first) && last < UNSPACED_FROM && first < UNSPACED_FROM;
}
