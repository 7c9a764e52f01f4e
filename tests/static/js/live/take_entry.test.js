import assert from "node:assert/strict";
import { test } from "node:test";
import { capturedMs, isDelivered, needsCopy, newTake } from "../../../../static/src/js/live/take_entry.js";

const begun = { id: "a", person: "7", title: "", source: "microphone", options: {}, startedAt: 1 };
const take = (changes) => ({ ...newTake(begun), ...changes });
const copy = { openings: 1, slices: 10, isBroken: false };

test("it works", () => {
  assert.equal(capturedMs(take({ captured: 32_000 })), 1_000);
  assert.equal(isDelivered(take({ captured: 32_000, durable: 31_998 })), false);
  assert.equal(isDelivered(take({ captured: 32_000, durable: 32_000 })), true);
});

test("the copy is needed where sound is missing that it has", () => {
  assert.equal(needsCopy(take({ captured: 320_000, copy })), false);
  assert.equal(needsCopy(take({ captured: 320_000, copy, hasGaps: true })), true);
  assert.equal(needsCopy(take({ captured: 200_000, copy })), true);
});

test("a copy that cannot be played as one file is not needed", () => {
  for (const change of [{ openings: 2 }, { slices: 0 }, { isBroken: true }]) {
    assert.equal(needsCopy(take({ copy: { ...copy, ...change }, hasGaps: true })), false);
  }
});
