/**
 * Puts unconfirmed steps behind steps of others that came first.
 *
 * Two rules keep what people typed. A deletion that would now also remove text its author never saw is refused.
 * Typed text whose place is gone goes to the nearest place that is left. Each step becomes exactly one step or
 * none, mirrored in the mapping: the undo history counts on that.
 */

import { AttrStep, Mapping, ReplaceStep, Transform } from "prosemirror-transform";
import { nearestInsert, tried } from "./nearest_place.js";

/**
 * Extend `tr` by taking back `mine`, applying `theirs`, and applying what becomes of mine.
 *
 * `mine` holds `{step, inverted}`. Answers the same of what is left, and how many deletions were refused.
 */
export function rebase(mine, theirs, tr) {
  for (const { inverted } of mine.toReversed()) tr.step(inverted);
  for (const step of theirs) tr.step(step);
  const kept = [];
  let refused = 0;
  mine.forEach(({ step, inverted }, index) => {
    const takenBack = mine.length - index;
    const next = becomes(tr.doc, { step, removed: removedBy(inverted) }, tr.mapping.slice(takenBack));
    if (next.isRefused) refused += 1;
    const number = tr.steps.length;
    if (!next.step || tr.maybeStep(next.step).failed) return;
    tr.mapping.setMirror(takenBack - 1, number);
    kept.push({ step: next.step, inverted: next.step.invert(tr.docs[number]) });
  });
  return { kept, refused };
}

/**
 * The same from the other side: `doc` has `theirs` already, and has never seen `mine`, `{step, removed}` each.
 *
 * `places` says where among `theirs` the first of `mine` are; those are left out. Answers a Transform on `doc`,
 * and how many deletions were refused.
 */
export function putBehind(doc, mine, theirs, places = []) {
  const tr = new Transform(doc);
  const back = mine.map(({ step }) => step.getMap().invert()).reverse();
  const mapping = new Mapping([...back, ...theirs.map((step) => step.getMap())]);
  places.forEach((place, index) => {
    mapping.setMirror(mine.length - index - 1, mine.length + place);
  });
  let refused = 0;
  mine.slice(places.length).forEach((one, index) => {
    const takenBack = mine.length - places.length - index;
    const next = becomes(tr.doc, one, mapping.slice(takenBack));
    if (next.isRefused) refused += 1;
    if (!next.step || tr.maybeStep(next.step).failed) return;
    mapping.appendMap(next.step.getMap(), takenBack - 1);
  });
  return { tr, refused };
}

/** The text that a step took away, read from the step that brings it back. */
export function removedBy({ slice }) {
  return slice ? textOf(slice) : "";
}

/** What a step becomes in `doc`: `{step, isRefused}`; `step` is null where nothing is left of it. */
function becomes(doc, { step, removed }, mapping) {
  const mapped = inside(doc, step.map(mapping));
  if (!step.slice || step.structure) return { step: fits(doc, mapped) ? mapped : null, isRefused: false };
  const typed = textOf(step.slice);
  const isRefused = !isPartOf(removedText(doc, mapped), removed);
  const next = isRefused ? withoutDeletion(mapped, step, typed) : mapped;
  if (tried(doc, next)) return { step: next, isRefused };
  if (!typed) return { step: null, isRefused };
  return { step: nearestInsert(doc, mapping.map(step.from, 1), step.slice), isRefused };
}

/** What an earlier step inserted may have become shorter on its way: then a place behind its end is no place. */
function inside(doc, step) {
  return step?.to > doc.content.size ? null : step;
}

/** The place of an attribute may have become something that has none of that name. */
function fits(doc, step) {
  if (step instanceof AttrStep && !(step.attr in (doc.nodeAt(step.pos)?.attrs ?? {}))) return false;
  return tried(doc, step) !== null;
}

function withoutDeletion(mapped, step, typed) {
  return typed ? new ReplaceStep(mapped.from, mapped.from, step.slice) : null;
}

function removedText(doc, step) {
  let removed = "";
  step?.getMap().forEach((from, to) => {
    removed += doc.textBetween(from, to);
  });
  return removed;
}

function textOf({ content }) {
  return content.textBetween(0, content.size);
}

/** Whether `part` is what remains of `whole` after some of it went away. */
function isPartOf(part, whole) {
  let next = 0;
  for (const character of part) {
    next = whole.indexOf(character, next) + 1;
    if (!next) return false;
  }
  return true;
}
