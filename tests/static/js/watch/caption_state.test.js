import assert from "node:assert/strict";
import { test } from "node:test";
import { CaptionState } from "../../../../static/src/js/watch/caption_state.js";

const live = () => new CaptionState({ live: true });

test("it works", () => {
  const state = live();
  assert.deepEqual([state.badge, state.isOnAir], ["Live", true]);
  assert.match(state.sentence, /as soon as somebody speaks/);
  state.take({ type: "caption", text: "Good" });
  assert.equal(state.sentence, "");
});

test("a pause", () => {
  const state = live();
  state.take({ type: "paused", paused: true });
  assert.deepEqual([state.badge, state.isOnAir], ["Paused", false]);
  assert.match(state.sentence, /paused/);
  state.take({ type: "hello", live: true, paused: false, version: 2 });
  assert.equal(state.badge, "Live");
});

test("the end wins over everything", () => {
  const state = live();
  Object.assign(state, { away: true, paused: true });
  state.take({ type: "changed", version: 3, state: "queued" });
  assert.equal(state.badge, "Ended");
  assert.match(state.sentence, /has ended/);
});

test("trouble is told until it is over", () => {
  const state = live();
  state.take({ type: "final", text: "Good." });
  state.take({ type: "notice", code: "captions_behind", message: "Captions are late." });
  assert.equal(state.sentence, "Captions are late.");
  state.take({ type: "notice", code: "captions_back", message: "Captions are back." });
  assert.equal(state.sentence, "");
});

test("no connection", () => {
  const state = live();
  state.away = true;
  assert.equal(state.badge, "Not connected");
  assert.match(state.sentence, /go on as soon as it is back/);
});

test("a take without live captions", () => {
  assert.match(new CaptionState({ live: true, without: true }).sentence, /without live captions/);
});

test("who may not read it any more", () => {
  const state = live();
  state.refused = "Not any more.";
  assert.equal(state.sentence, "Not any more.");
});
