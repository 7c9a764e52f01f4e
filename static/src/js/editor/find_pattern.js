/** What somebody looks for, as one regular expression that knows Unicode, and what a replacement becomes. */

const WORD = String.raw`[\p{L}\p{M}\p{N}\p{Pc}]`;
const SPECIAL = /[\\^$.*+?()[\]{}|/-]/g;
/** Typed straight, written curly: people look for "don't" and mean both. */
const ALIKE = { "'": "['\u2018\u2019\u02bc]", '"': '["\u201c\u201d]', " ": "[ \u00a0\u202f]" };
const PLACE = /\$(\$|&|[1-9]\d?|<[^>]*>)/g;

/**
 * `{pattern, problem}`: the expression (global, by code point), or a sentence on what is wrong with it.
 *
 * Plain text matches in its composed and its decomposed form and never splits a letter from its marks.
 */
export function compile({ text, matchCase = false, wholeWord = false, isRegex = false }) {
  const source = isRegex ? `(?:${text})` : plainSource(text);
  const bounded = wholeWord ? `${isRegex ? "" : `(?=${source})`}(?<!${WORD})${source}(?!${WORD})` : source;
  try {
    if (isRegex) new RegExp(text, "u");
    return { pattern: new RegExp(bounded, matchCase ? "gu" : "giu"), problem: "" };
  } catch (error) {
    return { pattern: null, problem: sentenceOf(error) };
  }
}

function plainSource(text) {
  const forms = new Set([text, text.normalize("NFC"), text.normalize("NFD")]);
  return String.raw`(?:${[...forms].map(literal).join("|")})(?!\p{M})`;
}

function literal(text) {
  return Array.from(text, (char) => ALIKE[char] ?? char.replace(SPECIAL, escaped)).join("");
}

/** With the u flag "\-" is an error outside a class; its code is right everywhere. */
function escaped(char) {
  return `\\u{${char.codePointAt(0).toString(16)}}`;
}

function sentenceOf(error) {
  const reason = /: ([^:]+)$/.exec(error.message)?.[1] ?? "it cannot be read";
  return `This is not a regular expression yet: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}.`;
}

/** Where `pattern` matches in `text`: [from, to, from, to, …]. Matches of nothing do not count. */
export function spansIn(pattern, text) {
  const spans = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match[0]) spans.push(match.index, pattern.lastIndex);
    else pattern.lastIndex += text.codePointAt(pattern.lastIndex) > 0xffff ? 2 : 1;
  }
  return spans;
}

/**
 * Make `textFor(text, from, to)`: what `replacement` becomes for the match that stands there in `text`, or null
 * where none stands any more.
 *
 * In a regular expression $1, $<name>, $& and $$ mean what they mean everywhere; else a dollar is a dollar.
 */
export function replacer(pattern, replacement, isRegex) {
  const here = new RegExp(pattern.source, pattern.flags.replace("g", "y"));
  return (text, from, to) => {
    here.lastIndex = from;
    const match = here.exec(text);
    if (!match || here.lastIndex !== to) return null;
    return isRegex ? expand(replacement, match) : replacement;
  };
}

function expand(replacement, match) {
  return replacement.replace(PLACE, (whole, what) => {
    if (what === "$") return "$";
    if (what === "&") return match[0];
    return (what.startsWith("<") ? namedGroup(what, match) : groupOf(what, match)) ?? whole;
  });
}

function namedGroup(what, { groups }) {
  return groups ? (groups[what.slice(1, -1)] ?? "") : null;
}

/** "$12" is group 12 where there are that many, else group 1 and a 2, as in every other program. */
function groupOf(digits, match) {
  if (Number(digits) < match.length) return match[Number(digits)] ?? "";
  const first = Number(digits[0]);
  return digits.length === 2 && first < match.length ? (match[first] ?? "") + digits[1] : null;
}
