import assert from "node:assert/strict";
import { test } from "node:test";
import { relative } from "../../../../static/src/js/lib/moments.js";

const now = new Date(2026, 10, 20, 13, 5);
const at = (...parts) => relative(new Date(...parts), now);

test("it works", () => assert.equal(at(2026, 10, 20, 9, 14), "Today, 09:14"));

test("relative for a week, then a date", () => {
  assert.equal(at(2026, 10, 19, 23, 59), "Yesterday, 23:59");
  assert.equal(at(2026, 10, 18, 0, 0), "Wednesday");
  assert.equal(at(2026, 10, 14, 23, 0), "Saturday");
  assert.equal(at(2026, 10, 13, 23, 0), "13 Nov");
  assert.equal(at(2025, 10, 20, 13, 5), "20 Nov 2025");
});

test("a clock that is a little ahead is no trouble", () => {
  assert.equal(at(2026, 10, 20, 13, 9), "Today, 13:09");
  assert.equal(at(2026, 10, 21, 0, 1), "21 Nov");
});
