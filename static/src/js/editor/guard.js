/**
 * Refuses local changes that the server would reject, before they are made.
 *
 * Everything that inserts text cleans it first; what arrives here anyway would cost its author a rescue.
 */

import { Plugin } from "prosemirror-state";
import { isRemote } from "./collab.js";
import { isCleanText, LONGEST_SEGMENT } from "./text_rules.js";

/** Only the merging of voices may take one away; undoing the making of one may, too. */
export const CAST_CHANGE = "voxweb.cast";

export function guard() {
  return new Plugin({ filterTransaction: (tr) => !tr.docChanged || isRemote(tr) || isAllowed(tr) });
}

function isAllowed(tr) {
  return tr.steps.every((step, index) => fits(tr.docs[index], step)) && keepsVoices(tr) && !growsTooLong(tr);
}

function fits(doc, step) {
  let isClean = true;
  step.getMap().forEach((from, to) => {
    isClean &&= !cutsCharacter(doc, from) && !cutsCharacter(doc, to);
  });
  step.slice?.content.descendants((node) => {
    isClean &&= !node.isText || isCleanText(node.text);
  });
  return isClean;
}

/** Whether a position lies inside a character that takes two units, as emoji do. */
function cutsCharacter(doc, position) {
  const place = doc.resolve(position);
  if (!place.parent.isTextblock || !place.textOffset) return false;
  return place.parent.textBetween(place.parentOffset - 1, place.parentOffset + 1).codePointAt(0) > 0xffff;
}

function keepsVoices(tr) {
  const [before, after] = [tr.before.firstChild, tr.doc.firstChild];
  if (before === after || tr.getMeta(CAST_CHANGE) || tr.getMeta("history$")) return true;
  const left = new Set(after.children.map(({ attrs }) => attrs.id));
  return before.children.every(({ attrs }) => left.has(attrs.id));
}

/** A segment that is too long already may change in every other way. */
function growsTooLong(tr) {
  const known = new Set(tr.before.children);
  const fresh = tr.doc.children.filter((child) => !known.has(child));
  const long = fresh.flatMap(({ children }) => children.filter(isTooLong));
  return long.some((segment) => !wasAsLong(tr.before, segment));
}

function isTooLong({ isTextblock, content }) {
  return isTextblock && content.size > LONGEST_SEGMENT;
}

function wasAsLong({ children }, { attrs, content }) {
  const same = (one) => isTooLong(one) && one.attrs.id === attrs.id && one.content.size >= content.size;
  return children.some((group) => group.children.some(same));
}
