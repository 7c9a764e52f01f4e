/** Documents with voices and segments for tests of the rooms that change who speaks. */

import { EditorState, TextSelection } from "prosemirror-state";
import { schema } from "../../../../static/src/js/editor/schema.js";
import { segmentPlaces } from "../../../../static/src/js/editor/turns.js";

const SEGMENT_MS = 2_000;

/** `makeState("aab", ["Ada", ""])`: one segment a letter, of voices a, b, …; "-" is nobody; "|" begins a group. */
export function makeState(letters, names = ["", ""]) {
  const voices = names.map((name, index) => schema.nodes.voice.create({ id: "abcdefgh"[index], name }));
  let number = 0;
  const segment = (letter) => {
    const start_ms = number * SEGMENT_MS;
    number += 1;
    const attrs = {
      id: `s${number}`,
      speaker: letter === "-" ? "" : letter,
      start_ms,
      end_ms: start_ms + SEGMENT_MS,
    };
    return schema.nodes.segment.create(attrs, schema.text(`Passage ${number}.`));
  };
  const groups = letters.split("|").filter(Boolean);
  const content = groups.map((group) => schema.nodes.group.create(null, [...group].map(segment)));
  const doc = schema.nodes.doc.create(null, [schema.nodes.cast.create(null, voices), ...content]);
  return EditorState.create({ doc });
}

/** The caret into segment number `first` (1 is the first), or a selection to the end of segment `last`. */
export function select(state, first, last = null) {
  const places = segmentPlaces(state.doc);
  const from = places[first - 1].pos + 1;
  const to = last === null ? from : places[last - 1].pos + places[last - 1].node.nodeSize - 1;
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
}

/** The state after `command`; the same state where it has nothing to do. */
export function run(state, command) {
  let after = state;
  command(state, (tr) => {
    after = state.apply(tr);
  });
  return after;
}

/** "aab": the speakers in reading order, new voices by their number. */
export function speakersOf({ doc }) {
  const ids = [];
  doc.firstChild.forEach((voice) => {
    ids.push(voice.attrs.id);
  });
  const letterOf = (id) => (id.length > 1 ? String(ids.indexOf(id) + 1) : id || "-");
  return segmentPlaces(doc)
    .map(({ node }) => letterOf(node.attrs.speaker))
    .join("");
}

export const posOf = (state, number) => segmentPlaces(state.doc)[number - 1].pos;
