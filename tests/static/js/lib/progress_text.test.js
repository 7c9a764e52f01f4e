import assert from "node:assert/strict";
import { test } from "node:test";
import { isRunning, progressText } from "../../../../static/src/js/lib/progress_text.js";

const job = {
  state: "parts",
  stage_label: "Transcribing",
  done_ms: 34 * 60_000,
  total_ms: 61 * 60_000,
  error: null,
  can_cancel: true,
};

test("it works", () => assert.equal(progressText(job), "Transcribing: 34 of 61 minutes"));

test("a job that waits, a length that is not known, a reason to wait", () => {
  assert.equal(progressText({ ...job, state: "queued", done_ms: 0 }), "Waiting for its turn");
  assert.equal(progressText({ ...job, total_ms: 0 }), "Transcribing");
  assert.equal(
    progressText({ ...job, error: { code: "x", message: "The service is busy." } }),
    "The service is busy.",
  );
});

test("what can be cancelled is running", () => {
  assert.equal(isRunning({ job }), true);
  assert.equal(isRunning({ job: { ...job, can_cancel: false } }), false);
  assert.equal(isRunning({ job: null }), false);
});
