/** Documents made of times, for tests of what is heard where. */

import { EditorState } from "prosemirror-state";
import { schema } from "../../../../static/src/js/editor/schema.js";

/** `timedState([[0, 1_000], [1_000, 2_000, "Two words."]], {perGroup: 1})`: segments s1, s2, … of voice a. */
export function timedState(spans, { perGroup = 40, held = [] } = {}) {
  const segments = spans.map(([start_ms, end_ms, text = "Some words here."], index) => {
    const id = `s${index + 1}`;
    const attrs = { id, speaker: "a", start_ms, end_ms, held: held.includes(id) };
    return schema.nodes.segment.create(attrs, text ? schema.text(text) : null);
  });
  const groups = [];
  for (let first = 0; first < segments.length; first += perGroup) {
    groups.push(schema.nodes.group.create(null, segments.slice(first, first + perGroup)));
  }
  const voice = schema.nodes.voice.create({ id: "a" });
  return EditorState.create({
    doc: schema.nodes.doc.create(null, [schema.nodes.cast.create(null, [voice]), ...groups]),
  });
}

/** `[[start, end], …]` as they are now. */
export function timesIn(doc) {
  const times = [];
  doc.descendants(({ type, attrs }) => {
    if (type.name === "segment") times.push([attrs.start_ms, attrs.end_ms]);
    return type.name !== "segment";
  });
  return times;
}

/** Ids of the segments whose times are held. */
export function heldIn(doc) {
  const ids = [];
  doc.descendants(({ attrs }) => {
    if (attrs.held) ids.push(attrs.id);
  });
  return ids;
}
