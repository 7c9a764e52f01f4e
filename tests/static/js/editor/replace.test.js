import assert from "node:assert/strict";
import { test } from "node:test";
import { history, undo } from "prosemirror-history";
import { EditorState } from "prosemirror-state";
import { FindMatches } from "../../../../static/src/js/editor/find_matches.js";
import { compile, spansIn } from "../../../../static/src/js/editor/find_pattern.js";
import { LONGEST_SEGMENT, replaceMatches } from "../../../../static/src/js/editor/replace.js";
import { stateOf, textsOf, written } from "./written.js";

function replaceAll(state, query, replacement, matchedIn = state) {
  const { pattern } = compile(query);
  const matches = new FindMatches();
  matches.search(matchedIn.doc, (text) => spansIn(pattern, text));
  const tr = state.tr;
  const told = replaceMatches(
    tr,
    matches.in(matchedIn.doc),
    { pattern, isRegex: query.isRegex },
    replacement,
  );
  return { told, tr, after: state.apply(tr) };
}

test("it works", () => {
  const { told, after } = replaceAll(
    stateOf(["Kofi and kofi", "nobody", "Kofi"], 2),
    { text: "kofi" },
    "Kwame",
  );
  assert.deepEqual(told, { replaced: 3, tooLong: 0 });
  assert.deepEqual(textsOf(after.doc), ["Kwame and Kwame", "nobody", "Kwame"]);
});

test("all of it is one step to undo", () => {
  const before = EditorState.create({ doc: written(["a a", "b a"]), plugins: [history()] });
  const { after } = replaceAll(before, { text: "a" }, "long");
  let undone = null;
  undo(after, (tr) => {
    undone = after.apply(tr);
  });
  assert.ok(undone.doc.eq(before.doc));
});

test("groups move, and nothing may stand in the place", () => {
  const query = { text: "(\\w+) (\\w+)", isRegex: true };
  assert.deepEqual(textsOf(replaceAll(stateOf(["one two"]), query, "$2 $1").after.doc), ["two one"]);
  assert.deepEqual(textsOf(replaceAll(stateOf(["um well um"]), { text: "um" }, "").after.doc), [" well "]);
});

test("each match is a step of its own", () => {
  const { tr } = replaceAll(stateOf(["a middle a"]), { text: "a" }, "b");
  assert.deepEqual(
    tr.steps.map((step) => step.to - step.from),
    [1, 1],
  );
});

test("a segment that changed since is left alone", () => {
  const before = stateOf(["a one", "a two"]);
  const edited = before.apply(before.tr.insertText("!", 5));
  const { told, after } = replaceAll(edited, { text: "a" }, "b", before);
  assert.equal(told.replaced, 0);
  assert.deepEqual(textsOf(after.doc), textsOf(edited.doc));
});

test("no segment grows beyond what a segment can hold", () => {
  const { told, after } = replaceAll(stateOf(["a".repeat(300), "a"]), { text: "a" }, "x".repeat(100));
  assert.deepEqual(told, { replaced: 1, tooLong: 300 });
  assert.ok(textsOf(after.doc).every((text) => text.length <= LONGEST_SEGMENT));
});

test("control characters become spaces", () => {
  assert.deepEqual(textsOf(replaceAll(stateOf(["a"]), { text: "a" }, "x\ny\u2028z").after.doc), ["x y z"]);
});
