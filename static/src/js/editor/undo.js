/**
 * Undo and redo that touch only one's own changes.
 *
 * Taking back what one inserted would also remove what others typed inside it meanwhile, and taking back an
 * attribute would overwrite theirs. Such a step is left out; everything else of the change is taken back.
 */

import * as history from "prosemirror-history";
import { AttrStep, StepResult } from "prosemirror-transform";
import { nameOf, writtenByOthers } from "./others_text.js";

export function undo(state, dispatch) {
  return history.undo(considerate(state), dispatch);
}

export function redo(state, dispatch) {
  return history.redo(considerate(state), dispatch);
}

/** The same state, whose transactions take no step that would change what others wrote. */
function considerate(state) {
  const others = writtenByOthers(state);
  const isAlone = !others.stretches.length && !others.attributes.size;
  return isAlone ? state : Object.create(state, { tr: { get: () => careful(state.tr, others) } });
}

function careful(tr, others) {
  const apply = tr.maybeStep.bind(tr);
  tr.maybeStep = (step) => (meddles(tr, step, others) ? StepResult.fail("others wrote here") : apply(step));
  return tr;
}

function meddles(tr, step, { stretches, attributes }) {
  if (step instanceof AttrStep) return attributes.has(nameOf(tr.doc, step));
  let isTheirs = false;
  step.getMap().forEach((from, to) => {
    isTheirs ||= stretches.some((stretch) => overlaps(stretch, tr.mapping, from, to));
  });
  return isTheirs;
}

function overlaps(stretch, mapping, from, to) {
  return mapping.map(stretch.from, 1) < to && mapping.map(stretch.to, -1) > from;
}
