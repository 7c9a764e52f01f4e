/** Pieces of text come in at the caret: whole segments stay segments, with fresh ids and their speakers. */

import { Fragment, Slice } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { randomId } from "../ids.js";
import { SEGMENTS_PER_GROUP } from "../schema.js";
import { segmentAt } from "../segments.js";
import { LONGEST_SEGMENT } from "../text_rules.js";
import { voiceNamed } from "../voices.js";
import { isEmptyText, startText } from "./first_words.js";
import { removeStretch, setAttr } from "./join.js";

/** `pieces` as `piecesIn` gives them; true where something came in. */
export function insertPieces(tr, pieces, editor) {
  if (!pieces.length) return false;
  if (isEmptyText(tr.doc)) startText(tr);
  const { from, to } = tr.selection;
  if (from !== to) removeStretch(tr, from, to);
  const known = pieces.map((piece) => ({ ...piece, speaker: speakerOf(tr, piece) }));
  const place = segmentAt(tr.doc, tr.selection.from);
  if (!place) return false;
  const at = tr.selection.from;
  if (isWords(known, place.node)) tr.insertText(known[0].text, at);
  else insertSegments(tr, known, place, at, editor);
  return true;
}

/** A part of a line is just words, unless its new home would become too long. */
function isWords(pieces, node) {
  return pieces.length === 1 && melts(pieces[0], node.textContent);
}

const melts = (piece, text) =>
  Boolean(piece && !piece.isWhole && piece.text.length + text.length <= LONGEST_SEGMENT);

/** Null: whoever speaks at the caret. A name from elsewhere is that of a voice here, or of a new one. */
function speakerOf(tr, { name, speaker = null }) {
  if (speaker !== null || !name) return speaker;
  const known = voiceNamed(tr.doc, name);
  if (known) return known.id;
  const id = `voice_${randomId()}`;
  tr.insert(tr.doc.firstChild.nodeSize - 1, tr.doc.type.schema.nodes.voice.create({ id, name }));
  return id;
}

/**
 * The segment of the caret is parted. Parts of lines melt into its halves, whole lines stand between them; the half
 * that would be empty becomes the first or the last of what came.
 */
function insertSegments(tr, pieces, { node, pos }, at, editor) {
  const offset = at - pos - 1;
  const head = node.textContent.slice(0, offset);
  const tail = node.textContent.slice(offset);
  const gap = editor.momentsBeside(node, offset);
  const rest = timed(pieces, gap.endMs, gap.startMs).map((piece) => segmentOf(tr, piece, node.attrs));
  const opens = !head || melts(pieces[0], head);
  const opening = opens ? rest.shift() : node.cut(0, 0);
  if (tail) rest.push(closingOf(tr, rest, pieces, node, tail, gap.startMs));
  const step = new ReplaceStep(at, at, sliceOf(tr, [opening, ...rest]));
  tr.step(step);
  if (!head) takeOver(tr, pos, opening);
  else if (rest.length) setAttr(tr, pos, "end_ms", gap.endMs);
  tr.setSelection(TextSelection.create(tr.doc, step.getMap().map(at)));
}

/** The second half of the parted segment, with a last part of a line in front of it. */
function closingOf(tr, rest, pieces, node, tail, startMs) {
  const words = rest.length && melts(pieces.at(-1), tail) ? rest.pop().textContent : "";
  return segmentOf(tr, { ...node.attrs, text: words, start_ms: startMs }, node.attrs);
}

function takeOver(tr, pos, { attrs }) {
  for (const name of ["speaker", "start_ms", "end_ms"]) setAttr(tr, pos, name, attrs[name]);
}

function segmentOf(tr, { text, speaker, start_ms, end_ms }, beside) {
  const { segment } = tr.doc.type.schema.nodes;
  const attrs = { id: randomId(), speaker: speaker ?? beside.speaker, start_ms, end_ms };
  return segment.create(attrs, text ? tr.doc.type.schema.text(text) : null);
}

/** What has no times shares the gap at the caret, by its letters. */
function timed(pieces, fromMs, toMs) {
  const letters = pieces.reduce((sum, { text }) => sum + text.length, 0) || 1;
  let passed = 0;
  const momentAt = (count) => Math.round(fromMs + (count / letters) * (toMs - fromMs));
  return pieces.map((piece) => {
    const start = momentAt(passed);
    passed += piece.text.length;
    return { start_ms: start, end_ms: momentAt(passed), ...piece };
  });
}

/** Open at both ends. Many segments bring groups of their own, so that none becomes slow. */
function sliceOf(tr, segments) {
  if (segments.length === 1) return new Slice(segments[0].content, 0, 0);
  if (segments.length <= SEGMENTS_PER_GROUP) return new Slice(Fragment.from(segments), 1, 1);
  const groups = [];
  for (let first = 0; first < segments.length; first += SEGMENTS_PER_GROUP) {
    const part = segments.slice(first, first + SEGMENTS_PER_GROUP);
    groups.push(tr.doc.type.schema.nodes.group.create(null, part));
  }
  return new Slice(Fragment.from(groups), 2, 2);
}
