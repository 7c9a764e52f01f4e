import assert from "node:assert/strict";
import { test } from "node:test";
import { readTime } from "../../../../static/src/js/editor/go_to_time.js";

test("it works", () => {
  for (const typed of [
    "1:02:03",
    "62:03",
    "3723",
    "1h2m3s",
    "01:02:03",
    " 1h 2m 3s ",
    "1H2M3",
    "62m3s",
    "3723s",
  ]) {
    assert.equal(readTime(typed), 3_723_000, typed);
  }
});

test("what is no moment is none", () => {
  for (const typed of [
    "",
    " ",
    "x",
    "1:2:3:4",
    "1:60:00",
    "1:75",
    "-5",
    "1e5",
    "::",
    "999999",
    "1:02:03pm",
    "h",
  ]) {
    assert.equal(readTime(typed), null, typed);
  }
});

test("parts of a second and single units count", () => {
  assert.equal(readTime("0"), 0);
  assert.equal(readTime("2m"), 120_000);
  assert.equal(readTime("2 min"), 120_000);
  assert.equal(readTime("10h"), 36_000_000);
  assert.equal(readTime("1:02,5"), 62_500);
  assert.equal(readTime("3.25"), 3250);
});
