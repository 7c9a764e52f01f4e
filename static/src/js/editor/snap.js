/** Moments that attract the edge of a segment while it is moved: neighbours, pauses, words, the playhead. */

import { relationOf } from "./segment_times.js";

/** A weaker one must be nearer to win. */
const WEIGHT = { neighbour: 0.5, pause: 0.7, playhead: 0.8, word: 1 };
/** On a wide view a few pixels are seconds, which nobody means. */
const LONGEST_REACH_MS = 300;

/** `{ms, kind}`: the strongest moment within reach, or where the edge is without one (`kind` null). */
export function snapped(ms, targets, reachMs) {
  const reach = Math.min(reachMs, LONGEST_REACH_MS);
  let best = { ms, kind: null, pull: Number.POSITIVE_INFINITY };
  for (const target of targets) {
    const distance = Math.abs(target.ms - ms);
    const pull = distance * WEIGHT[target.kind];
    if (distance <= reach && pull < best.pull) best = { ...target, pull };
  }
  return { ms: best.ms, kind: best.kind };
}

/**
 * What may attract this edge: `[{ms, kind}]`. Speech begins where a pause ends, so a start looks for the ends of
 * pauses and for the starts of words; an end the other way round; an edge that two segments share, for both.
 */
export function targetsOf(place, edge, { pauses = [], wordsOf = () => null, playheadMs = null } = {}) {
  const sides = sidesOf(place, edge);
  const targets = [...neighbours(place, edge), ...pauses.flatMap((pause) => ofPause(pause, sides))];
  for (const near of [place.previous, place, place.next]) {
    const words = near && wordsOf(near.node);
    if (words) targets.push(...ofWords(words, sides));
  }
  if (playheadMs !== null) targets.push({ ms: playheadMs, kind: "playhead" });
  return targets;
}

function sidesOf(place, edge) {
  const isShared = relationOf(place, edge) === "touching";
  return { starts: isShared || edge === "start", ends: isShared || edge === "end" };
}

function neighbours(place, edge) {
  if (relationOf(place, edge) === "touching") return [];
  if (edge === "start")
    return place.previous ? [{ ms: place.previous.node.attrs.end_ms, kind: "neighbour" }] : [];
  return place.next ? [{ ms: place.next.node.attrs.start_ms, kind: "neighbour" }] : [];
}

function ofPause([fromMs, toMs], { starts, ends }) {
  const found = [];
  if (starts) found.push({ ms: toMs, kind: "pause" });
  if (ends) found.push({ ms: fromMs, kind: "pause" });
  return found;
}

function ofWords(words, { starts, ends }) {
  const moments = [...(starts ? words.starts : []), ...(ends ? words.ends : [])];
  return moments.map((ms) => ({ ms, kind: "word" }));
}
