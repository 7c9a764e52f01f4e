/**
 * Text to word tokens, exactly: `transcripts/timing/tokens.py` says the rules.
 *
 * Characters are code points here, as they are there, never halves of a pair.
 */

import {
  beginsUnspaced,
  endsUnspaced,
  folded,
  hasUnspaced,
  isClinging,
  weightOf,
  withoutSilent,
} from "./characters.js";
import { remembered } from "./remembered.js";

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
const DROPPED = /[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff]/gu;
const LONE_SURROGATES = /[\ud800-\udfff]/gu;
// All white space except the no-break spaces, which hold a word and its punctuation together on purpose.
// biome-ignore lint/suspicious/noControlCharactersInRegex: some control characters are white space.
const SPACES = /[\t-\r\x1c-\x20\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+/gu;
const OUTER_SPACES = /^ +| +$/g;
const JOINER = "\u200d";
const NEVER_FIRST = new Set(
  `、。，．！？：；）】」』〉》〕］｝・ー々〜…‥,.!?:;)]}%’”"'ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮะาำๅๆฯ${JOINER}`,
);
const NEVER_LAST = new Set(`（【「『〈《〔［｛([{“‘เแโใไ${JOINER}`);

/** `text` on one line: white space collapsed, control characters gone, lone surrogates replaced. */
export const normaliseText = (text) =>
  // The halves first: what stood between two of them does not make them a pair.
  text.replace(LONE_SURROGATES, "\ufffd").replace(DROPPED, "").replace(SPACES, " ").replace(OUTER_SPACES, "");

/** The tokens of `text`, which is normalised first. */
export function tokenise(text) {
  const tokens = [];
  for (const chunk of normaliseText(text).split(" ")) {
    if (!chunk) continue;
    const place = tokens.length;
    addTokens(tokens, chunk);
    if (place > 0 && !isSpaced(tokens[place - 1], tokens[place])) tokens[place] = ` ${tokens[place]}`;
  }
  return tokens;
}

/** Whether a space stands between these two tokens that neither of them holds. */
export function isSpaced(before, after) {
  if (!before || !after || after.startsWith(" ")) return false;
  return !(endsUnspaced(before) || beginsUnspaced(after));
}

/** What makes two tokens the same word: letters and digits without case; punctuation as it stands. */
export const comparisonKey = remembered(
  (token) => folded(withoutSilent(token)) || token.replace(OUTER_SPACES, ""),
);

/** About how long `token` takes to say, in letters: a digit counts as three, an ideograph as two. */
export const spokenWeight = remembered((token) => {
  let weight = 0;
  for (const char of token) weight += weightOf(char);
  return Math.max(1, weight);
});

function addTokens(tokens, chunk) {
  if (!hasUnspaced(chunk)) {
    tokens.push(chunk);
    return;
  }
  let before = "";
  for (const char of chunk) {
    const isNew = !before || (!isSpaced(before, char) && maySplit(before, char));
    if (isNew) tokens.push(char);
    else tokens[tokens.length - 1] += char;
    before = char;
  }
}

/** Whether a cut between two characters leaves letters, marks and brackets whole. */
const maySplit = (before, after) => !NEVER_FIRST.has(after) && !NEVER_LAST.has(before) && !isClinging(after);
