import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, stillOpen } from "../../../../static/src/js/history/open_changes.js";

const change = (from, to) => ({ from, to });

test("it works", () => {
  assert.equal(nameOf(change(3, 9)), "3-9");
  assert.deepEqual(stillOpen([change(3, 9)], [change(12, 14), change(3, 9), change(0, 3)]), ["3-9"]);
});

test("a change that has grown meanwhile stays open", () => {
  assert.deepEqual(stillOpen([change(3, 9)], [change(3, 15)]), ["3-15"]);
});

test("nothing was open, or it is gone", () => {
  assert.deepEqual(stillOpen([], [change(3, 9)]), []);
  assert.deepEqual(stillOpen([change(3, 9)], [change(4, 9)]), []);
});
