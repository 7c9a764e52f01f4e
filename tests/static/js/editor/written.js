/** Documents for tests: one segment per text, `perGroup` in a group. */

import { EditorState } from "prosemirror-state";
import { schema } from "../../../../static/src/js/editor/schema.js";

const { doc, cast, group, segment } = schema.nodes;

export function written(texts, perGroup = 40) {
  const segments = texts.map((text, n) => {
    const attrs = { id: `s${n}`, speaker: "", start_ms: n * 1000, end_ms: n * 1000 + 900, held: false };
    return segment.create(attrs, text ? schema.text(text) : null);
  });
  const groups = [];
  for (let n = 0; n < segments.length; n += perGroup)
    groups.push(group.create(null, segments.slice(n, n + perGroup)));
  return doc.create(null, [cast.create(), ...groups]);
}

export const stateOf = (texts, perGroup) => EditorState.create({ doc: written(texts, perGroup) });

/** The texts of the segments again. */
export function textsOf(node) {
  const texts = [];
  node.descendants((child) => {
    if (child.type.name === "segment") texts.push(child.textContent);
    return child.type.name !== "segment";
  });
  return texts;
}
