import assert from "node:assert/strict";
import { test } from "node:test";
import { rowView } from "../../../../static/src/js/upload/row_view.js";

const item = { size: 300_000_000, sent: 126_000_000, error: "", job: null };
const view = (state, more = {}) => rowView({ ...item, state, ...more });

test("it works", () => {
  const { note, bar, buttons } = view("sending", { bytesPerSecond: 4_200_000, remainingMs: 41_000 });
  assert.equal(note, "126 MB of 300 MB, 4.2 MB/s, 41 seconds left");
  assert.equal(bar, 42);
  assert.deepEqual(buttons, ["pause", "cancel"]);
});

test("speed and time are left out until they are known", () => {
  assert.equal(view("sending", { bytesPerSecond: null, remainingMs: null }).note, "126 MB of 300 MB");
});

test("a silent server is told, and what is safe", () => {
  assert.match(view("sending", { retrying: true }).note, /trying again\. 126 MB of 300 MB are safe/);
});

test("every state has a sentence and a way on", () => {
  const buttons = {
    waiting: ["cancel"],
    queued: ["pause", "cancel"],
    paused: ["resume", "cancel"],
    finishing: [],
    failed: ["retry", "cancel"],
    duplicate: ["open", "again", "cancel"],
    transcribing: ["open"],
    done: ["open"],
    stopped: ["open"],
  };
  for (const [state, expected] of Object.entries(buttons)) {
    assert.deepEqual(view(state, { error: "Why." }).buttons, expected, state);
    assert.ok(view(state, { error: "Why." }).note, state);
  }
});

test("failures stand out with their sentence", () => {
  assert.deepEqual(
    [view("failed", { error: "Why." }).bad, view("failed", { error: "Why." }).note],
    [true, "Why."],
  );
});

test("transcription shows the job's progress once it is known", () => {
  const job = { state: "parts", stage_label: "Transcribing", done_ms: 0, total_ms: 40_000, percent: 25 };
  assert.equal(view("transcribing").bar, "?");
  assert.equal(view("transcribing", { job }).bar, 25);
  assert.equal(view("transcribing", { job }).note, "Transcribing: 0 of 40 seconds");
});

test("an empty file has no percentage to divide by", () =>
  assert.equal(view("sending", { size: 0, sent: 0 }).bar, 0));
