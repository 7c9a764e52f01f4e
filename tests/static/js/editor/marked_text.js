/** Documents and states for tests of the editor. */

import { EditorState, TextSelection } from "prosemirror-state";
import { schema } from "../../../../static/src/js/editor/schema.js";

const { doc, cast, voice, group, segment } = schema.nodes;
export const LINE_MS = 1_000;

/** A document of groups of lines; `"a: text"` is said by voice a, times follow one another. */
export function written(...groups) {
  let order = 0;
  const made = groups.map((lines) =>
    group.create(
      null,
      lines.map((line) => lineNode(line, order++)),
    ),
  );
  return doc.create(null, [
    cast.create(
      null,
      ["a", "b"].map((id) => voice.create({ id })),
    ),
    ...made,
  ]);
}

function lineNode(line, order) {
  const [, speaker, text] = /^(\w*): ?(.*)$/.exec(line);
  const attrs = { id: `s${order}`, speaker, start_ms: order * LINE_MS, end_ms: order * LINE_MS + 800 };
  return segment.create(attrs, text ? schema.text(text) : null);
}

/** A state of it, with the caret at `|` or the selection between two of them. */
export function stateOf(...groups) {
  const marked = written(...groups);
  const places = [];
  marked.descendants((node, pos) => {
    if (node.isText)
      for (const { index } of node.text.matchAll(/\|/g)) places.push(pos + index - places.length);
  });
  const plain = written(...groups.map((lines) => lines.map((line) => line.replaceAll("|", ""))));
  const selection = places.length ? TextSelection.create(plain, places[0], places.at(-1)) : undefined;
  return EditorState.create({ doc: plain, selection });
}

/** Every segment as `"a: text"`, one list a group. */
export function linesIn({ children }) {
  return children
    .slice(1)
    .map((one) => one.children.map(({ attrs, textContent }) => `${attrs.speaker}: ${textContent}`));
}

export const timesIn = ({ children }) =>
  children.slice(1).flatMap((one) => one.children.map(({ attrs }) => [attrs.start_ms, attrs.end_ms]));

export const idsIn = ({ children }) =>
  children.slice(1).flatMap((one) => one.children.map(({ attrs }) => attrs.id));

/** Run a command; returns the state after it, or null where it said that there was nothing to do. */
export function after(state, command, editor = EDITOR) {
  let next = null;
  const isDone = command(
    state,
    (tr) => {
      tr.doc.check();
      next = state.apply(tr);
    },
    editor,
  );
  return isDone ? (next ?? state) : null;
}

/** Letters sound evenly, as long as no words are known. */
export const EDITOR = {
  momentsBeside: ({ attrs, content }, offset) => {
    const at = attrs.start_ms + Math.round((offset / (content.size || 1)) * (attrs.end_ms - attrs.start_ms));
    return { endMs: at, startMs: at };
  },
};
