import assert from "node:assert/strict";
import { test } from "node:test";
import { Reasons, TAKEN_OVER } from "../../../../static/src/js/live/reasons.js";

const OFFLINE = { code: "offline", message: "" };
const LOST = { code: "microphone_lost", message: "" };

test("it works", () => {
  const reasons = new Reasons();
  assert.equal(reasons.take("lost", OFFLINE), true);
  assert.equal(reasons.take("lost", OFFLINE), false);
  assert.equal(reasons.shown, OFFLINE);
  assert.equal(reasons.take("back", null), true);
  assert.equal(reasons.shown, null);
});

test("a connection that comes back does not bring the microphone back", () => {
  const reasons = new Reasons();
  reasons.take("pause", LOST);
  reasons.take("lost", OFFLINE);
  assert.equal(reasons.shown, LOST);
  assert.equal(reasons.take("back", null), false);
  assert.equal(reasons.shown, LOST);
});

test("taken over is known from either side", () => {
  for (const event of ["pause", "lost"]) {
    const reasons = new Reasons();
    reasons.take(event, TAKEN_OVER);
    assert.equal(reasons.isTakenOver, true);
    reasons.clear();
    assert.equal(reasons.isTakenOver, false);
  }
});
