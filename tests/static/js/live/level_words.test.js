import assert from "node:assert/strict";
import { test } from "node:test";
import { barHeight, barTone, LevelWords } from "../../../../static/src/js/live/level_words.js";

const quiet = { rms: 0.002, clipping: false, silentMs: 0 };
const voice = { rms: 0.08, clipping: false, silentMs: 0 };
const loud = { rms: 0.5, clipping: true, silentMs: 0 };

test("it works", () => {
  const words = new LevelWords();
  assert.match(words.hear(quiet, 0).text, /Say something/);
  assert.deepEqual(words.hear(voice, 100), { tone: "ok", text: "We hear you." });
});

test("the sentence stays long enough to be read", () => {
  const words = new LevelWords();
  words.hear(voice, 0);
  assert.equal(words.hear(quiet, 2000).text, "We hear you.");
  assert.match(words.hear(quiet, 3000).text, /Say something/);
  words.hear(loud, 4000);
  assert.match(words.hear(voice, 6500).text, /Too loud/);
  assert.equal(words.hear(voice, 7500).text, "We hear you.");
});

test("silence is told by what is listened to", () => {
  const nothing = { rms: 0, clipping: false, silentMs: 6000 };
  assert.match(new LevelWords().hear(nothing, 0).text, /microphone muted/);
  assert.match(new LevelWords("tab").hear(nothing, 0).text, /playing in that tab/);
  assert.equal(new LevelWords("both").hear(nothing, 0).tone, "warn");
});

test("a pause is not a muted microphone", () => {
  const pause = { rms: 0.0015, clipping: false, silentMs: 60_000 };
  assert.equal(new LevelWords().hear(pause, 0).tone, "");
});

test("bars are drawn in decibels", () => {
  assert.equal(barHeight(1), 100);
  assert.equal(barHeight(0), 6);
  assert.ok(barHeight(0.1) > 50 && barHeight(0.1) < 75);
  assert.deepEqual(
    [0.2, 0.8].map((peak) => barTone({ peak, clipping: false })),
    ["", "warn"],
  );
  assert.equal(barTone({ peak: 1, clipping: true }), "bad");
});
