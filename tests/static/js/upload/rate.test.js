import assert from "node:assert/strict";
import { test } from "node:test";
import { Rate } from "../../../../static/src/js/upload/rate.js";

test("it works", () => {
  const rate = new Rate();
  rate.add(0, 0);
  rate.add(2_000_000, 1000);
  assert.equal(rate.bytesPerSecond, 2_000_000);
  assert.equal(rate.remainingMs(4_000_000), 2000);
});

test("too little is known at first", () => {
  const rate = new Rate();
  assert.equal(rate.bytesPerSecond, null);
  rate.add(0, 0);
  rate.add(1000, 100);
  assert.equal(rate.bytesPerSecond, null);
  assert.equal(rate.remainingMs(10), null);
});

test("only the last seconds count", () => {
  const rate = new Rate();
  rate.add(0, 0);
  rate.add(1000, 60_000);
  rate.add(9000, 68_000);
  assert.equal(rate.bytesPerSecond, 1000);
});

test("a stalled upload has no end in sight", () => {
  const rate = new Rate();
  rate.add(500, 0);
  rate.add(500, 4000);
  assert.equal(rate.remainingMs(10), null);
});

test("a pause forgets the past", () => {
  const rate = new Rate();
  rate.add(0, 0);
  rate.add(1000, 1000);
  rate.reset();
  assert.equal(rate.bytesPerSecond, null);
});
