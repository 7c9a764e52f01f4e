/** Write something else in the place of what was found: one transaction, so one step to undo. */

import { Fragment, Slice } from "prosemirror-model";
import { ReplaceStep } from "prosemirror-transform";
import { replacer } from "./find_pattern.js";

/** As the server: a longer segment would be rejected with everything beside it. */
export const LONGEST_SEGMENT = 20_000;
const NOT_TEXT = /[\p{Cc}\u2028\u2029\p{Cs}]/gu;

/**
 * Replace `matches` (in order; of `tr.doc`) in `tr`; answers {replaced, tooLong}: how many were, and how many
 * were left because their segment would become longer than a segment can be.
 *
 * Each match is a step of its own: what stands between two of them is never touched, whoever writes there.
 */
export function replaceMatches(tr, matches, { pattern, isRegex }, replacement) {
  const told = { replaced: 0, tooLong: 0 };
  const textFor = replacer(pattern, replacement, isRegex);
  for (const own of bySegment(tr.doc, matches).reverse()) {
    const texts = own.map((match) => newText(match, textFor));
    if (grownLength(own, texts) > LONGEST_SEGMENT) told.tooLong += own.length;
    else told.replaced += write(tr, own, texts);
  }
  return told;
}

/** Matches that still stand, segment by segment. */
function bySegment(doc, matches) {
  const lists = new Map();
  for (const match of matches) {
    if (doc.nodeAt(match.at) !== match.node) continue;
    if (!lists.has(match.at)) lists.set(match.at, []);
    lists.get(match.at).push(match);
  }
  return [...lists.values()];
}

function newText({ from, to, node, at }, textFor) {
  return textFor(node.textContent, from - at - 1, to - at - 1)?.replaceAll(NOT_TEXT, " ") ?? null;
}

function grownLength(matches, texts) {
  const grown = matches.reduce(
    (sum, { from, to }, n) => sum + (texts[n] === null ? 0 : texts[n].length - to + from),
    0,
  );
  return matches[0].node.content.size + grown;
}

/** From the last to the first, so that the places of the others stay right. */
function write(tr, matches, texts) {
  let written = 0;
  for (let n = matches.length - 1; n >= 0; n--) {
    if (texts[n] === null) continue;
    const { from, to } = matches[n];
    const slice = texts[n] ? new Slice(Fragment.from(tr.doc.type.schema.text(texts[n])), 0, 0) : Slice.empty;
    tr.step(new ReplaceStep(from, to, slice));
    written += 1;
  }
  return written;
}
