import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_EDITS, matchingPairs } from "../../../../static/src/js/timing/word_diff.js";

test("it works", () => {
  const pairs = matchingPairs(["a", "big", "red", "car"], ["a", "old", "red", "car"]);
  assert.deepEqual(pairs, [
    [0, 0],
    [2, 2],
    [3, 3],
  ]);
});

test("equal and empty texts", () => {
  assert.deepEqual(matchingPairs(["a"], ["a"]), [[0, 0]]);
  assert.deepEqual(matchingPairs([], ["a"]), []);
  assert.deepEqual(matchingPairs([], []), []);
});

test("a rewritten text is given up early, but its ends still match", () => {
  const middle = Array.from({ length: MAX_EDITS }, (_, index) => `w${index}`);
  const pairs = matchingPairs(["head", ...middle, "tail"], ["head", ...middle.toReversed(), "tail"]);
  assert.deepEqual(pairs, [
    [0, 0],
    [MAX_EDITS + 1, MAX_EDITS + 1],
  ]);
});
