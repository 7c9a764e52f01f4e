import assert from "node:assert/strict";
import { test } from "node:test";
import { shares, talkTimes } from "../../../../static/src/js/editor/talk_time.js";
import { assignNumber } from "../../../../static/src/js/editor/voices.js";
import { makeState, run, select } from "./cast.js";

test("it works", () => {
  const state = makeState("aab|a-");
  assert.deepEqual(Object.fromEntries(talkTimes(state.doc)), { a: 6000, b: 2000, "": 2000 });
  assert.deepEqual(Object.fromEntries(shares(talkTimes(state.doc))), { a: 60, b: 20, "": 20 });
});

test("it is right again after a change", () => {
  const state = select(makeState("aab|ab"), 1, 2);
  talkTimes(state.doc);
  const after = run(state, assignNumber(2));
  assert.deepEqual(Object.fromEntries(talkTimes(after.doc)), { a: 2000, b: 8000 });
});

test("without text nobody speaks", () => {
  assert.equal(talkTimes(makeState("").doc).size, 0);
  assert.deepEqual(Object.fromEntries(shares(new Map([["a", 0]]))), { a: 0 });
});
