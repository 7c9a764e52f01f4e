import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { choosePlayback, playbackChoices } from "../../../../static/src/js/audio/playback_choices.js";

const kept = new Map();
globalThis.localStorage = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, value),
};

beforeEach(() => kept.clear());

test("it works", () => {
  assert.deepEqual(playbackChoices(), { stepBackMs: 1_000, slowSpeed: 0.75, slowsForTyping: false });
  choosePlayback({ stepBackMs: 2_000 });
  choosePlayback({ slowsForTyping: true });
  assert.deepEqual(playbackChoices(), { stepBackMs: 2_000, slowSpeed: 0.75, slowsForTyping: true });
});

test("what is damaged or out of reason is as it was at first", () => {
  for (const text of ["{", "null", "7", '{"stepBackMs": "2000"}', '{"stepBackMs": -1, "slowSpeed": 9}']) {
    kept.set("voxweb:playback", text);
    assert.deepEqual(playbackChoices(), { stepBackMs: 1_000, slowSpeed: 0.75, slowsForTyping: false });
  }
});
