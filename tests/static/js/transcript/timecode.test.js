import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clock,
  hashOf,
  lengthClock,
  momentOf,
  spokenTime,
} from "../../../../static/src/js/transcript/timecode.js";

test("it works", () => {
  assert.equal(clock(4_360_999), "01:12:40");
  assert.equal(lengthClock(4_360_000), "1:12:40");
  assert.equal(lengthClock(61_000), "0:01:01");
  assert.equal(spokenTime(4_321_000), "1 hour 12 minutes 1 second");
});

test("a clock counts past a day and never goes below zero", () => {
  assert.equal(clock(100 * 3_600_000), "100:00:00");
  assert.equal(clock(-5), "00:00:00");
  assert.equal(spokenTime(0), "0 seconds");
});

test("a moment survives its link", () => {
  assert.equal(momentOf(hashOf(724_000)), 724_000);
  assert.equal(hashOf(-3), "#t=0");
});

test("other fragments are not moments", () => {
  for (const hash of ["", "#", "#t=", "#t=-1", "#t=1e9", "#t=12x", "#main", "#t=99999999999"]) {
    assert.equal(momentOf(hash), null);
  }
});
