/**
 * Word times after an edit: untouched words keep their moments, new ones find room between them.
 *
 * The server holds the same algorithm (`transcripts/timing/realign.py`) and has the last word.
 */

import { interpolate } from "./interpolate.js";
import { gapAround, unknownRuns } from "./placing.js";
import { comparisonKey, spokenWeight, tokenise } from "./tokens.js";
import { matchingPairs } from "./word_diff.js";
import { monotone } from "./words.js";

/** Ordinary speech is 12 to 15 letters a second; an inserted word does not spread over a long pause. */
const INSERTED_MS_PER_LETTER = 80;

/**
 * The words `[startMs, endMs, text]` of `text`, timed after `words`, the same segment's table before the edit.
 *
 * A word that is the same but for case and punctuation keeps its exact times (as far as they lie in the segment);
 * a replacement takes the time of what it replaces; an insertion takes free time beside the word before it and
 * moves no other word, so that it may get no time at all. Times never run backwards.
 */
export function realign(words, text, startMs, endMs) {
  const old = tableInSpan(words, startMs, endMs);
  const tokens = tokenise(text);
  return timedAfter(old, tokens, sourcesOf(old, tokens), startMs, endMs);
}

/** `words` clipped to the segment; a table that lies outside it altogether moves along to its start. */
function tableInSpan(words, startMs, endMs) {
  const span = [startMs, endMs];
  if (!words.length || words.some((word) => liesIn(word, span))) return monotone(words, startMs, endMs);
  const movedMs = startMs - words.reduce((least, [start]) => Math.min(least, start), Infinity);
  const moved = words.map(([start, end, text]) => [start + movedMs, end + movedMs, text]);
  return monotone(moved, startMs, endMs);
}

/** For each token the index of the old word that it was, or null. */
function sourcesOf(old, tokens) {
  const sources = new Array(tokens.length).fill(null);
  const keys = old.map(([, , text]) => comparisonKey(text));
  for (const [source, target] of matchingPairs(keys, tokens.map(comparisonKey))) sources[target] = source;
  return sources;
}

/** One word a token: the moment of its source, else room between them. */
function timedAfter(old, tokens, allSources, startMs, endMs) {
  const span = [startMs, endMs];
  const isInside = (source) => source !== null && liesIn(old[source], span);
  const sources = allSources.map((source) => (isInside(source) ? source : null));
  const known = kept(old, sources, startMs, endMs);
  const timed = tokens.map((token, index) => [...(known[index] ?? [0, 0]), token]);
  for (const run of unknownRuns(known)) {
    const gap = gapAround(known, run, startMs, endMs);
    const room = replacedSpan(between(old, sources, run), gap) ?? insertedSpan(gap, run, tokens);
    interpolate(tokens.slice(run.first, run.last), ...room).forEach((word, index) => {
      timed[run.first + index] = word;
    });
  }
  return monotone(timed, startMs, endMs);
}

/** Whether the word sounds, at least in part, within the span; one without length may lie on its edge. */
function liesIn([wordStartMs, wordEndMs], [startMs, endMs]) {
  const first = Math.max(wordStartMs, startMs);
  const last = Math.min(wordEndMs, endMs);
  return first < last || (first === last && wordStartMs === wordEndMs);
}

function kept(old, sources, startMs, endMs) {
  const found = sources.filter((source) => source !== null).map((source) => old[source]);
  const moments = monotone(found, startMs, endMs).values();
  return sources.map((source) => (source === null ? null : moments.next().value.slice(0, 2)));
}

const clipped = ([start, end], gap) => [Math.max(start, gap[0]), Math.min(end, gap[1])];

/** The old words that stood where the run stands now. */
function between(old, sources, { first, last }) {
  let before = first - 1;
  while (before >= 0 && sources[before] === null) before -= 1;
  let after = last;
  while (after < sources.length && sources[after] === null) after += 1;
  return old.slice(before < 0 ? 0 : sources[before] + 1, sources[after] ?? old.length);
}

/** From the start of the first replaced word to the end of the last one, as far as that time is free. */
function replacedSpan(replaced, gap) {
  const spans = replaced.filter((word) => liesIn(word, gap)).map((word) => clipped(word, gap));
  if (!spans.length) return null;
  return spans.reduce(([from, to], [start, end]) => [Math.min(from, start), Math.max(to, end)]);
}

function insertedSpan([leftMs, rightMs], run, tokens) {
  let letters = 0;
  for (let index = run.first; index < run.last; index += 1) letters += spokenWeight(tokens[index]);
  const lengthMs = Math.min(rightMs - leftMs, letters * INSERTED_MS_PER_LETTER);
  const leansOnNext = run.first === 0 && run.last < tokens.length;
  return leansOnNext ? [rightMs - lengthMs, rightMs] : [leftMs, leftMs + lengthMs];
}
