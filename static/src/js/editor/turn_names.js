/** Names in the margin: who speaks depends on the cast, where a name stands on the segment before. */

import { Plugin } from "prosemirror-state";
import { changedSpan, visitSegments } from "./segments.js";
import { UNKNOWN_VOICE, voicesOf } from "./voices.js";

const NOBODY = { id: "", shown: UNKNOWN_VOICE, hue: 0 };
const casts = new WeakMap();

/** Everybody who speaks, by id. The cast is the first node of the document, and rarely another one. */
export function castOf(doc) {
  const node = doc.firstChild;
  const known = casts.get(node);
  if (known) return known;
  const cast = new Map(voicesOf(doc).map((voice) => [voice.id, voice]));
  casts.set(node, cast);
  return cast;
}

/** The voice of a segment, also where nobody knows whose it is. */
export const voiceOfSegment = (doc, node) => castOf(doc).get(node.attrs.speaker) ?? NOBODY;

/** What stands beside every segment of a document, by node: `{voice, isTurn}`. */
export function namesOf(doc) {
  const names = new Map();
  visitSegments(doc, 0, doc.content.size, (node, _pos, before) => names.set(node, nameOf(doc, node, before)));
  return names;
}

function nameOf(doc, node, before) {
  return { voice: voiceOfSegment(doc, node), isTurn: before?.attrs.speaker !== node.attrs.speaker };
}

/** Keeps the names right; those of the document that a view begins with are given to it by `namesOf`. */
export function turnNamesPlugin(editor) {
  const changed = ({ state }, before) => update(editor, before.doc, state.doc);
  return new Plugin({ view: () => ({ update: changed }) });
}

function update(editor, before, doc) {
  if (before === doc) return;
  if (before.firstChild !== doc.firstChild) showNames(editor, doc);
  else {
    const span = changedSpan(before, doc);
    if (span) showNames(editor, doc, span.from, span.to);
  }
}

/** The one after the stretch is looked at too: it may be a turn now. */
function showNames(editor, doc, from = 0, to = doc.content.size) {
  visitSegments(doc, from, to, (node, _pos, before) => {
    const { voice, isTurn } = nameOf(doc, node, before);
    editor.segmentViews.get(node.attrs.id)?.showVoice(voice, isTurn);
  });
}
