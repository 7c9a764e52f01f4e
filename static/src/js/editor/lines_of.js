/** The segments of a document as lines: what sounds when, for the player, the waveform and the marks. */

import { Lines } from "../transcript/lines.js";
import { voiceOfSegment } from "./turn_names.js";

/** Nodes never change, so each is read once; an edit costs the segments it has touched. */
const known = new WeakMap();

class EditorLine {
  #node;
  #editor;

  constructor(node, editor) {
    this.#node = node;
    this.#editor = editor;
    this.key = node.attrs.id;
    this.startMs = node.attrs.start_ms;
    this.endMs = node.attrs.end_ms;
    this.speaker = node.attrs.speaker;
    this.held = node.attrs.held;
  }

  get text() {
    return this.#node.textContent;
  }

  get hue() {
    return voiceOfSegment(this.#editor.doc, this.#node).hue;
  }

  get element() {
    return this.#editor.segmentViews.get(this.key)?.dom ?? null;
  }
}

export function linesOf(doc, editor) {
  const lines = [];
  for (const group of doc.children) {
    if (group.type.name === "group") for (const node of group.children) lines.push(lineOf(node, editor));
  }
  return new Lines(lines);
}

export function lineOf(node, editor) {
  const line = known.get(node) ?? new EditorLine(node, editor);
  known.set(node, line);
  return line;
}
