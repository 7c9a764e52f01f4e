import assert from "node:assert/strict";
import { test } from "node:test";
import { history, undo } from "prosemirror-history";
import { EditorState } from "prosemirror-state";
import {
  isTakenBack,
  placeOf,
  putWords,
  reversed,
  wordsOf,
} from "../../../../static/src/js/editor/conflicts.js";
import { stateOf, textsOf, written } from "./written.js";

const CONFLICT = { key: "s1", offset: 4, mine: "bells", text: "belt" };

const put = (state, conflict, words) => state.apply(putWords(state, conflict, words));

test("it works", () => {
  const state = stateOf(["one", "the bells rang"]);
  assert.deepEqual(placeOf(state.doc, CONFLICT), { id: "s1", from: 4, to: 9 });
  assert.deepEqual(textsOf(put(state, CONFLICT, wordsOf("use", CONFLICT)).doc), ["one", "the belt rang"]);
  assert.deepEqual(textsOf(put(state, CONFLICT, wordsOf("both", CONFLICT)).doc), [
    "one",
    "the bells belt rang",
  ]);
  assert.equal(wordsOf("hide", CONFLICT), null);
});

test("a place that moved is found, one that has gone is not", () => {
  const moved = stateOf(["one", "oh yes, and then the bells rang"]);
  assert.deepEqual(textsOf(put(moved, CONFLICT, "belt").doc)[1], "oh yes, and then the belt rang");
  assert.equal(putWords(stateOf(["one", "nothing of it"]), CONFLICT, "belt"), null);
  assert.equal(putWords(stateOf(["one"]), CONFLICT, "belt"), null);
});

test("words that go take a space along", () => {
  const nothing = { ...CONFLICT, text: "" };
  assert.deepEqual(textsOf(put(stateOf(["one", "the bells rang"]), nothing, "").doc)[1], "the rang");
  assert.deepEqual(textsOf(put(stateOf(["one", "the bells"]), nothing, "").doc)[1], "the");
  assert.deepEqual(textsOf(put(stateOf(["one", "bells"]), { ...nothing, offset: 0 }, "").doc)[1], "");
});

test("an empty passage is filled", () => {
  const empty = { key: "s1", offset: 0, mine: "", text: "a bell" };
  assert.deepEqual(textsOf(put(stateOf(["one", ""]), empty, "a bell").doc), ["one", "a bell"]);
  assert.equal(wordsOf("both", empty), "a bell");
});

test("each choice is a step of its own to undo, and undoing it is noticed", () => {
  let state = EditorState.create({ doc: written(["one two", "the bells rang"]), plugins: [history()] });
  state = put(state, { key: "s0", offset: 0, mine: "one", text: "on" }, "on");
  state = put(state, CONFLICT, "belt");
  const answer = { key: "s1", before: "the bells rang", after: "the belt rang" };
  assert.equal(isTakenBack(state.doc, answer), false);
  undo(state, (tr) => {
    state = state.apply(tr);
  });
  assert.deepEqual(textsOf(state.doc), ["on two", "the bells rang"]);
  assert.equal(isTakenBack(state.doc, answer), true);
  assert.equal(isTakenBack(state.doc, { ...answer, after: answer.before }), false);
});

test("a choice is taken back exactly", () => {
  const state = stateOf(["one", "the bells rang"]);
  const after = put(state, CONFLICT, "belt");
  assert.deepEqual(textsOf(put(after, reversed(CONFLICT, "belt"), "bells").doc)[1], "the bells rang");
});
