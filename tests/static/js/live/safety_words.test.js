import assert from "node:assert/strict";
import { test } from "node:test";
import { safetyWords } from "../../../../static/src/js/live/safety_words.js";

const safety = { capturedMs: 60_000, durableMs: 58_000, where: "server", online: true, isKept: true };
const words = (more) => safetyWords({ ...safety, ...more });

test("it works", () => assert.deepEqual(words({}), { tone: "ok", text: "Every second is saved" }));

test("the promise is made only while it is true", () => {
  assert.equal(words({ durableMs: 56_900 }).text, "Kept in this browser, 4 s not sent yet");
  assert.equal(words({ online: false }).text, "Kept in this browser, 2 s not sent yet");
  assert.equal(words({ where: "browser" }).tone, "warn");
  assert.equal(words({ durableMs: 60_000, where: "browser" }).text, "Kept in this browser, 1 s not sent yet");
});

test("minutes are told as minutes", () =>
  assert.match(words({ capturedMs: 400_000 }).text, /6 min not sent yet/));

test("a browser without room does not promise to keep anything", () =>
  assert.deepEqual(words({ online: false, isKept: false }), {
    tone: "bad",
    text: "Keep this page open: 2 s not sent yet",
  }));
