import assert from "node:assert/strict";
import { test } from "node:test";
import {
  captionFacts,
  doneView,
  failedView,
  finishingView,
  recordView,
  takeClock,
  troubleNotice,
} from "../../../../static/src/js/live/record_view.js";
import { STATES } from "../../../../static/src/js/live/take_state.js";

test("it works", () => {
  const { panel, badge, buttons } = recordView("recording");
  assert.deepEqual([panel, badge.text], ["live", "Recording"]);
  assert.deepEqual(buttons, ["pause", "stop", "mark"]);
});

test("every state has a view", () => {
  for (const state of STATES) assert.ok(recordView(state, { hasSound: true }).panel, state);
});

test("a take without a connection goes on and says so", () => {
  assert.equal(recordView("reconnecting").badge.text, "Recording");
  assert.match(recordView("reconnecting").said, /recording goes on/);
});

test("what could not begin stays with its settings, what has sound does not", () => {
  assert.equal(recordView("failed").panel, "setup");
  assert.equal(recordView("failed", { hasSound: true }).panel, "end");
});

test("a take that goes on elsewhere keeps its captions and loses its buttons", () => {
  const { panel, buttons } = recordView("failed", { code: "taken_over", hasSound: true });
  assert.deepEqual([panel, buttons], ["live", []]);
});

test("trouble comes with what can be done about it", () => {
  assert.equal(troubleNotice({ code: "taken_over", message: "." }).action.label, "Record here");
  assert.equal(troubleNotice({ code: "sign_in", message: "." }).action.name, "sign-in");
  assert.equal(troubleNotice({ code: "recorder_broke", message: "." }).action.name, "go-on");
  assert.equal(troubleNotice({ code: "disk_full", message: "." }).action, null);
});

test("while the rest is sent, the rest is named", () => {
  const sending = finishingView({ capturedMs: 60_000, durableMs: 45_000, online: true });
  assert.deepEqual([sending.title, sending.percent], ["Sending the last 15 seconds", 75]);
  const waiting = finishingView({ capturedMs: 600_000, durableMs: 0, online: false });
  assert.match(waiting.text, /last 10 minutes/);
  assert.match(waiting.safe, /kept in this browser/);
  assert.equal(finishingView({ capturedMs: 0, durableMs: 0, online: true }).percent, 100);
  assert.equal(
    finishingView({ capturedMs: 900, durableMs: 100, online: true }).title,
    "Saving the recording",
  );
});

test("a failure says what is safe, claims nothing else, and goes on", () => {
  const failed = (durableMs, isKept) =>
    failedView({ message: "Why." }, { capturedMs: 9000, durableMs, isKept }, true);
  assert.match(failed(9000, true).safe, /saved on the server/);
  assert.deepEqual(failed(9000, true).actions, ["again", "anew"]);
  assert.match(failed(4000, true).safe, /5 seconds are kept in this browser/);
  assert.deepEqual(failed(4000, true).actions, ["again", "download", "anew"]);
  assert.match(failed(0, true).safe, /everything is kept in this browser/);
  assert.match(failed(4000, false).safe, /All but the last 5 seconds/);
  assert.equal(failed(0, false).safe, "");
  assert.equal(failed(0, false).text, "Why.");
});

test("what is done leads to its transcript", () => assert.equal(doneView("/t/abc").url, "/t/abc"));

test("the clock is as short as it can be", () => {
  assert.deepEqual([0, 245_000, 1_471_000, 5_071_000].map(takeClock), ["0:00", "4:05", "24:31", "1:24:31"]);
});

test("who writes the captions is told in words", () => {
  assert.equal(captionFacts({ label: "Built-in engine", language: "en" }).facts, "Built-in engine, English");
  assert.equal(captionFacts({ label: "Voxtral", language: "" }).facts, "Voxtral");
  assert.match(captionFacts(null).empty, /written when you stop/);
});
