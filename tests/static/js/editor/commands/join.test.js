import assert from "node:assert/strict";
import { test } from "node:test";
import { joinAfter, joinBefore, removeSelection } from "../../../../../static/src/js/editor/commands/join.js";
import { after, idsIn, linesIn, stateOf, timesIn } from "../marked_text.js";

test("it works", () => {
  const { doc, selection } = after(stateOf(["a: good", "b: |morning"]), joinBefore);
  assert.deepEqual(linesIn(doc), [["a: good morning"]]);
  assert.deepEqual(timesIn(doc), [[0, 1_800]]);
  assert.deepEqual(idsIn(doc), ["s0"]);
  assert.equal(selection.$head.parentOffset, 5);
});

test("no text is moved, also across groups", () => {
  const state = stateOf(["a: one", "a: two"], ["b: |three", "b: four"]);
  const next = after(state, (now, dispatch) =>
    joinBefore(now, (tr) => {
      const inserted = tr.steps.flatMap(
        (step) => step.slice?.content.textBetween(0, step.slice.content.size) ?? "",
      );
      assert.deepEqual(inserted, ["", " ", ""].slice(0, inserted.length));
      dispatch(tr);
    }),
  );
  assert.deepEqual(linesIn(next.doc), [["a: one", "a: two three", "b: four"]]);
});

test("Delete at the end joins with the next, also across groups", () => {
  const next = after(stateOf(["a: one|"], ["b: two"]), joinAfter);
  assert.deepEqual(linesIn(next.doc), [["a: one two"]]);
});

test("an empty segment gives way, with its speaker and its start", () => {
  const { doc } = after(stateOf(["a: ", "b: |two"]), joinBefore);
  assert.deepEqual(linesIn(doc), [["b: two"]]);
  assert.deepEqual(timesIn(doc), [[1_000, 1_800]]);
});

test("scripts without spaces get none", () => {
  const { doc } = after(stateOf(["a: 你好", "a: |世界"]), joinBefore);
  assert.deepEqual(linesIn(doc), [["a: 你好世界"]]);
});

test("at the ends of the text nothing happens, and inside a segment the key is not ours", () => {
  const first = stateOf(["a: |one"]);
  assert.equal(after(first, joinBefore), first);
  const last = stateOf(["a: one|"]);
  assert.equal(after(last, joinAfter), last);
  assert.equal(after(stateOf(["a: o|ne"]), joinBefore), null);
});

test("a selection across groups goes in one step and leaves one segment with both ends", () => {
  const { doc } = after(stateOf(["a: on|e", "a: two"], ["b: th|ree", "b: four"]), removeSelection);
  assert.deepEqual(linesIn(doc), [["a: onree", "b: four"]]);
  assert.deepEqual(timesIn(doc)[0], [0, 2_800]);
});
