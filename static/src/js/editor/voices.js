/**
 * The voices of a document, and every change of them as one transaction, which is one step back.
 *
 * A change is a ProseMirror command: `(state, dispatch) => boolean`, true where there is something to change.
 */

import { randomId } from "./ids.js";
import { segmentPlaces, segmentsBetween, turnAt, turnsBetween } from "./turns.js";

export const UNKNOWN_VOICE = "Unknown voice";
export const LONGEST_NAME = 120;
export const HUES = 8;

/** What the guard of the cast asks for before a voice may go (a merge, or nobody uses it). */
export const CAST_META = "voxweb.cast";

const HIDDEN = /[\p{C}\p{Z}]+/gu;

/** `{id, name, shown, hue, number, pos}` of every voice; `number` is its key, 1 for the first. */
export function voicesOf(doc) {
  const voices = [];
  doc.firstChild.forEach(({ attrs: { id, name, hue } }, offset, index) => {
    const number = index + 1;
    voices.push({
      id,
      name,
      shown: name || `Speaker ${number}`,
      hue: hue || (index % HUES) + 1,
      number,
      pos: 1 + offset,
    });
  });
  return voices;
}

export function voiceOf(doc, id) {
  return voicesOf(doc).find((voice) => voice.id === id) ?? null;
}

/** The voice that is shown with this name, in any case. */
export function voiceNamed(doc, name) {
  const wanted = cleanName(name).toLowerCase();
  return voicesOf(doc).find((voice) => voice.shown.toLowerCase() === wanted) ?? null;
}

/** One visible line, as the server keeps it. */
export function cleanName(name) {
  return [...name.replaceAll(HIDDEN, " ").trim()].slice(0, LONGEST_NAME).join("").trim();
}

// -- names -------------------------------------------------------------------------------------------

/** Another name wherever this voice speaks; an empty one brings "Speaker 2" back. */
export function renameVoice(id, name) {
  return changing((state, tr) => {
    const voice = voiceOf(state.doc, id);
    const clean = cleanName(name);
    if (!voice || clean === voice.name) return false;
    if (!voice.name && clean === voice.shown) return false;
    tr.setNodeAttribute(voice.pos, "name", clean);
    return true;
  });
}

/**
 * This name wherever the voice `id` speaks: where another voice has it already, the two become one. What
 * nobody is known to have said goes to the voice of this name as a whole.
 */
export function nameEverywhere(id, name) {
  return (state, dispatch) => {
    if (!voiceOf(state.doc, id)) return nameUnknown(name)(state, dispatch);
    const known = voiceNamed(state.doc, name);
    const isOther = known && known.id !== id;
    return (isOther ? mergeVoices(id, known.id) : renameVoice(id, name))(state, dispatch);
  };
}

function nameUnknown(name) {
  return changing((state, tr) => {
    const clean = cleanName(name);
    const known = new Set(voicesOf(state.doc).map(({ id }) => id));
    const places = segmentPlaces(state.doc).filter(({ node }) => !known.has(node.attrs.speaker));
    return clean !== "" && giveToNamed(state, tr, places, clean);
  });
}

/** This name in the turn at `pos` only: of a voice that has it already, or of a new one. */
export function nameTurn(pos, name) {
  return changing((state, tr) => {
    const clean = cleanName(name);
    const turn = turnAt(state.doc, pos);
    return clean !== "" && giveToNamed(state, tr, turn, clean);
  });
}

// -- who speaks --------------------------------------------------------------------------------------

/**
 * Give what is selected to voice number `number`, 0 for nobody known; the next free number adds a voice.
 * With `isTurn` all of the turns that the selection touches.
 */
export function assignNumber(number, { isTurn = false } = {}) {
  return changing((state, tr) => {
    const { from, to } = state.selection;
    const places = (isTurn ? turnsBetween : segmentsBetween)(state.doc, from, to);
    const voices = voicesOf(state.doc);
    if (!places.length || number > voices.length + 1) return false;
    if (number > voices.length) return giveToNew(tr, places, "");
    return give(tr, places, number ? voices[number - 1].id : "");
  });
}

/** All segments of the voice `id` become those of `into`; the voice itself goes. */
export function mergeVoices(id, into) {
  return changing((state, tr) => {
    const voice = voiceOf(state.doc, id);
    if (!voice || id === into || !voiceOf(state.doc, into)) return false;
    const own = segmentPlaces(state.doc).filter(({ node }) => node.attrs.speaker === id);
    give(tr, own, into);
    takeAway(tr, voice);
    return true;
  });
}

// -- the cast ----------------------------------------------------------------------------------------

export function addVoice(name = "") {
  return changing((_state, tr) => insertVoice(tr, newVoiceId(), cleanName(name)));
}

/** Take away a voice that nobody speaks with. */
export function removeVoice(id) {
  return changing((state, tr) => {
    const voice = voiceOf(state.doc, id);
    if (!voice || isUsed(state.doc, id)) return false;
    takeAway(tr, voice);
    return true;
  });
}

export function colourVoice(id, hue) {
  return changing((state, tr) => {
    const voice = voiceOf(state.doc, id);
    if (!voice || voice.hue === hue || !isHue(hue)) return false;
    tr.setNodeAttribute(voice.pos, "hue", hue);
    return true;
  });
}

const isHue = (hue) => Number.isInteger(hue) && hue >= 1 && hue <= HUES;

export function isUsed(doc, id) {
  return segmentPlaces(doc).some(({ node }) => node.attrs.speaker === id);
}

// -- splitting ---------------------------------------------------------------------------------------

/**
 * `split(tr)` parts the segment at the caret; its second part goes to whoever spoke last before this turn, the
 * usual case of two people talking, or to a new voice where there is nobody else. At the start of a segment
 * there is nothing to part: all of it goes to them.
 */
export function splitToOther(split) {
  return changing((state, tr) => {
    const turn = turnAt(state.doc, state.selection.from);
    if (!turn.length) return false;
    const other = otherVoice(state.doc, turn);
    const isAtStart = state.selection.empty && state.selection.$from.parentOffset === 0;
    if (!isAtStart && !split(tr)) return false;
    const second = segmentsBetween(tr.doc, tr.selection.from, tr.selection.from);
    return other === null ? giveToNew(tr, second, "") : give(tr, second, other);
  });
}

/** The id of the voice that spoke last before this turn, else the next one after it, else any other. */
function otherVoice(doc, turn) {
  const { speaker } = turn[0].node.attrs;
  const known = new Set(voicesOf(doc).map(({ id }) => id));
  const isOther = ({ node: { attrs } }) => attrs.speaker !== speaker && known.has(attrs.speaker);
  const places = segmentPlaces(doc);
  const before = places.findLast((place) => place.pos < turn[0].pos && isOther(place));
  const near = before ?? places.find((place) => place.pos > turn[0].pos && isOther(place));
  if (near) return near.node.attrs.speaker;
  return [...known].find((id) => id !== speaker) ?? null;
}

// -- steps -------------------------------------------------------------------------------------------

/** Make a command of `change(state, tr)`, which says whether it changed something. */
function changing(change) {
  return (state, dispatch) => {
    const { tr } = state;
    if (!change(state, tr) || !tr.docChanged) return false;
    dispatch?.(tr);
    return true;
  };
}

/** `places` are those of `tr.doc`; attributes move nothing. */
function give(tr, places, id) {
  const others = places.filter(({ node }) => node.attrs.speaker !== id);
  for (const { pos } of others) tr.setNodeAttribute(pos, "speaker", id);
  return others.length > 0;
}

function giveToNamed(state, tr, places, name) {
  const known = voiceNamed(state.doc, name);
  return known ? give(tr, places, known.id) : giveToNew(tr, places, name);
}

/** The voice comes last: it moves every place. */
function giveToNew(tr, places, name) {
  const id = newVoiceId();
  return give(tr, places, id) && insertVoice(tr, id, name);
}

const newVoiceId = () => `voice_${randomId()}`;

/** Add a voice behind the others, in a colour that none of them has if there is one. */
function insertVoice(tr, id, name) {
  const attrs = { id, name, hue: freeHue(voicesOf(tr.doc)) };
  tr.insert(tr.doc.firstChild.nodeSize - 1, tr.doc.type.schema.nodes.voice.create(attrs));
  return true;
}

/** 0 lets the place decide, as for every voice that nobody coloured. */
function freeHue(voices) {
  const taken = new Set(voices.map(({ hue }) => hue));
  if (!taken.has((voices.length % HUES) + 1)) return 0;
  const hues = Array.from({ length: HUES }, (_, index) => index + 1);
  return hues.find((hue) => !taken.has(hue)) ?? 0;
}

/** Voices behind it move up a place; the colours that people know them by stay. */
function takeAway(tr, voice) {
  for (const { number, pos, hue } of voicesOf(tr.doc)) {
    const isUncoloured = tr.doc.nodeAt(pos).attrs.hue === 0;
    if (number > voice.number && isUncoloured) tr.setNodeAttribute(pos, "hue", hue);
  }
  tr.delete(voice.pos, voice.pos + 1).setMeta(CAST_META, true);
}
