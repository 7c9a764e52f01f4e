import assert from "node:assert/strict";
import { test } from "node:test";
import { exactTime, spokenExactTime } from "../../../../static/src/js/audio/exact_time.js";

test("it works", () => {
  assert.equal(exactTime(62_347), "00:01:02.35");
  assert.equal(spokenExactTime(62_347), "1 minute 2.35 seconds");
});

test("rounding carries over", () => {
  assert.equal(exactTime(59_996), "00:01:00.00");
  assert.equal(exactTime(3_599_999), "01:00:00.00");
  assert.equal(spokenExactTime(119_999), "2 minutes 0 seconds");
});

test("nothing is before the start", () => {
  assert.equal(exactTime(-4), "00:00:00.00");
  assert.equal(spokenExactTime(250), "0.25 seconds");
});
