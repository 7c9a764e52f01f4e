import assert from "node:assert/strict";
import { test } from "node:test";
import { length, lengthOf, size } from "../../../../static/src/js/lib/amounts.js";

test("it works", () => {
  assert.equal(size(126_000_000), "126 MB");
  assert.equal(length(12 * 60_000), "12 minutes");
  assert.equal(lengthOf(34 * 60_000, 61 * 60_000), "34 of 61 minutes");
});

test("sizes at the edges of a unit", () => {
  assert.deepEqual([0, 999, 1000, 3_440_000, 9_990_000, 8e9].map(size), [
    "0 bytes",
    "999 bytes",
    "1.0 KB",
    "3.4 MB",
    "10.0 MB",
    "8.0 GB",
  ]);
});

test("lengths say one of a thing without an s", () => {
  assert.deepEqual([1000, 40_000, 90_000, 3_600_000, 2 * 3_600_000].map(length), [
    "1 second",
    "40 seconds",
    "2 minutes",
    "60 minutes",
    "2 hours",
  ]);
});

test("short recordings count in seconds", () => assert.equal(lengthOf(12_900, 40_000), "12 of 40 seconds"));
