import assert from "node:assert/strict";
import { test } from "node:test";
import { splitSegment } from "../../../../../static/src/js/editor/commands/split.js";
import { after, idsIn, linesIn, stateOf, timesIn } from "../marked_text.js";

test("it works", () => {
  const { doc, selection } = after(stateOf(["a: good |morning", "b: yes"]), splitSegment);
  assert.deepEqual(linesIn(doc), [["a: good", "a: morning", "b: yes"]]);
  assert.equal(selection.$head.parent.textContent, "morning");
  assert.equal(selection.$head.parentOffset, 0);
  const [first, second] = timesIn(doc);
  assert.equal(first[0], 0);
  assert.equal(first[1], second[0]);
  assert.equal(second[1], 800);
});

test("the first half keeps its id, the second gets one of its own in the same step", () => {
  const state = stateOf(["a: good |morning"]);
  const { tr } = state;
  splitSegment(state, (made) => Object.assign(tr, { made }), {
    momentsBeside: () => ({ endMs: 300, startMs: 350 }),
  });
  const ids = idsIn(tr.made.doc);
  assert.equal(ids[0], "s0");
  assert.match(ids[1], /^[\w-]{12}$/);
  assert.deepEqual(timesIn(tr.made.doc), [
    [0, 300],
    [350, 800],
  ]);
});

test("at the edges one part is empty", () => {
  assert.deepEqual(linesIn(after(stateOf(["a: |good"]), splitSegment).doc), [["a: ", "a: good"]]);
  assert.deepEqual(linesIn(after(stateOf(["a: good|"]), splitSegment).doc), [["a: good", "a: "]]);
});

test("what is selected goes first", () => {
  const { doc } = after(stateOf(["a: good mo|rn", "b: ye|s no"]), splitSegment);
  assert.deepEqual(linesIn(doc), [["a: good mo", "a: s no"]]);
});
