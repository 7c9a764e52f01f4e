/**
 * The shape of a transcript's text, version 1: the same as `transcripts/document/schema.py`.
 *
 * Voices, names, speakers and times are all part of it, so that every change of them is a step like typing:
 * shared, dated, undoable.
 */

import { Schema } from "prosemirror-model";

export const SCHEMA_VERSION = 1;

/** Groups keep the cost of an edit independent of the length of the text; the server splits them at twice this. */
export const SEGMENTS_PER_GROUP = 40;

const text = { default: "", validate: "string" };
const whole = { default: 0, validate: "number" };
const flag = { default: false, validate: "boolean" };

const cast = {
  content: "voice*",
  selectable: false,
  toDOM: () => ["div", { class: "cast", hidden: "", contenteditable: "false" }, 0],
  parseDOM: [{ tag: "div.cast", ignore: true }],
};

const voice = {
  atom: true,
  selectable: false,
  attrs: { id: text, name: text, hue: whole },
  toDOM: ({ attrs }) => ["span", { class: "voice", "data-id": attrs.id }, attrs.name],
};

const group = {
  content: "segment+",
  toDOM: () => ["div", { class: "lines" }, 0],
  parseDOM: [{ tag: "div.lines" }],
};

const segment = {
  content: "text*",
  marks: "",
  attrs: { id: text, speaker: text, start_ms: whole, end_ms: whole, held: flag },
  toDOM: ({ attrs }) => ["div", { class: "seg", ...dataOf(attrs) }, ["p", 0]],
  parseDOM: [{ tag: "div.seg", contentElement: "p", getAttrs: attrsOf }, { tag: "p" }],
};

function dataOf({ id, speaker, start_ms, end_ms, held }) {
  const data = { "data-id": id, "data-speaker": speaker, "data-start-ms": start_ms, "data-end-ms": end_ms };
  return held ? { ...data, "data-held": "" } : data;
}

function attrsOf({ dataset }) {
  const { id = "", speaker = "", startMs = 0, endMs = 0 } = dataset;
  return { id, speaker, start_ms: Number(startMs) || 0, end_ms: Number(endMs) || 0, held: "held" in dataset };
}

export const schema = new Schema({
  nodes: { doc: { content: "cast group*" }, cast, voice, group, segment, text: {} },
});
