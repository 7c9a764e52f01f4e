import assert from "node:assert/strict";
import { test } from "node:test";
import { nextSpeed, SPEEDS, speedLabel } from "../../../../static/src/js/transcript/speed.js";

test("it works", () => {
  assert.equal(nextSpeed(1, 1), 1.1);
  assert.equal(nextSpeed(1, -1), 0.9);
  assert.equal(speedLabel(1.25), "1.25×");
  assert.equal(speedLabel(1), "1×");
});

test("the ends hold", () => {
  assert.equal(nextSpeed(3, 1), 3);
  assert.equal(nextSpeed(0.5, -1), 0.5);
  assert.deepEqual([SPEEDS[0], SPEEDS.at(-1)], [0.5, 3]);
});

test("a speed that is not in the list finds its neighbours", () => {
  assert.equal(nextSpeed(1.6, 1), 1.75);
  assert.equal(nextSpeed(1.6, -1), 1.5);
});
