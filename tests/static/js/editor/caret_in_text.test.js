import assert from "node:assert/strict";
import { test } from "node:test";
import { AllSelection, EditorState } from "prosemirror-state";
import { caretInText } from "../../../../static/src/js/editor/caret_in_text.js";
import { selectText } from "../../../../static/src/js/editor/commands/select_text.js";
import { schema } from "../../../../static/src/js/editor/schema.js";

const { cast, voice, group, segment } = schema.nodes;

function empty() {
  const doc = schema.node("doc", null, [cast.create(null, voice.create({ id: "v" }))]);
  return EditorState.create({ doc, plugins: [caretInText()] });
}

function withText(state, ...texts) {
  const segments = texts.map((text, n) => segment.create({ id: `s${n}` }, schema.text(text)));
  return state.apply(state.tr.insert(state.doc.content.size, group.create(null, segments)));
}

test("it works", () => {
  const before = empty();
  assert.ok(before.selection instanceof AllSelection);
  const { selection, doc } = withText(before, "The water", "is pulled");
  assert.ok(selection.empty);
  assert.equal(selection.$head.parent, doc.child(1).child(0));
  assert.equal(selection.$head.parentOffset, 0);
});

test("without text everything stays as it is", () => {
  const state = empty();
  const next = state.apply(state.tr.setNodeAttribute(1, "name", "Ada"));
  assert.ok(next.selection instanceof AllSelection);
});

test("what a person selects stays selected, were it all of the text", () => {
  let state = withText(empty(), "The water", "is pulled");
  selectText(state, (tr) => {
    state = state.apply(tr);
  });
  state = state.apply(state.tr.setNodeAttribute(1, "name", "Ada"));
  assert.equal(state.doc.textBetween(state.selection.from, state.selection.to), "The wateris pulled");
});
