import assert from "node:assert/strict";
import { test } from "node:test";
import { longestOrdered, monotone } from "../../../../static/src/js/timing/words.js";

const TABLE = [
  [1000, 1200, "Hello,"],
  [1250, 1250, "–"],
  [1300, 1900, "wörld"],
];

test("it works", () => {
  assert.deepEqual(monotone(TABLE, 1000, 1900), TABLE);
  assert.deepEqual(monotone([], 3, 2), []);
});

test("one wild time does not drag the others along", () => {
  const words = [
    [0, 10, "a"],
    [9000, 9010, "b"],
    [20, 30, "c"],
    [30, 40, "d"],
  ];
  assert.deepEqual(monotone(words, 0, 10_000), [[0, 10, "a"], [10, 20, "b"], ...words.slice(2)]);
});

test("what lies outside is clipped", () => {
  assert.deepEqual(monotone(TABLE, 1100, 1400), [
    [1100, 1200, "Hello,"],
    [1250, 1250, "–"],
    [1300, 1400, "wörld"],
  ]);
});

test("the longest ordered part", () => {
  assert.deepEqual(longestOrdered([5, 1, 2, 9, 3]), [1, 2, 4]);
  assert.deepEqual(longestOrdered([]), []);
});
