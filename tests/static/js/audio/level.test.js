import assert from "node:assert/strict";
import { test } from "node:test";
import { LevelWatch, measure, VoiceSense } from "../../../../static/src/js/audio/level.js";

const heard = (sense, rms, frames) => Array.from({ length: frames }, () => sense.hear(rms));

test("it works", () => {
  const level = measure(Int16Array.of(0, 16_384, -16_384, 0));
  assert.equal(level.peak, 0.5);
  assert.ok(Math.abs(level.rms - 0.3536) < 1e-4);
  assert.equal(level.clipped, 0);
});

test("full scale counts as cut off, in both directions", () => {
  assert.equal(measure(Int16Array.of(32_767, -32_768, 30_000)).clipped, 2);
});

test("no samples are silence", () => {
  assert.deepEqual(measure(new Int16Array(0)), { peak: 0, rms: 0, clipped: 0 });
});

test("speech over a quiet room is a voice, the room is not", () => {
  const sense = new VoiceSense();
  assert.ok(heard(sense, 0.0005, 30).every((voiced) => !voiced));
  assert.ok(heard(sense, 0.05, 5).every(Boolean));
  assert.equal(heard(sense, 0.0005, 10).at(-1), false);
});

test("digital silence is never a voice", () => {
  assert.ok(heard(new VoiceSense(), 0, 100).every((voiced) => !voiced));
});

test("a fan that starts becomes part of the room", () => {
  const sense = new VoiceSense();
  heard(sense, 0.001, 50);
  assert.equal(sense.hear(0.01), true);
  assert.equal(heard(sense, 0.01, 150).at(-1), false);
  assert.equal(sense.hear(0.06), true);
});

test("somebody who speaks on and on is still heard", () => {
  const sense = new VoiceSense();
  const speech = Array.from({ length: 3_000 }, (_, n) => sense.hear(n % 10 < 8 ? 0.06 : 0.002));
  assert.ok(speech.slice(10).filter((voiced) => voiced).length > 2_900);
});

test("the watch counts silence and holds a warning for a second", () => {
  const watch = new LevelWatch();
  const quiet = { peak: 0, rms: 0, clipped: 0, voiced: false };
  for (let n = 0; n < 49; n++) watch.hear(quiet, 100);
  assert.equal(watch.hear(quiet, 100).silentMs, 5_000);
  assert.equal(watch.hear({ ...quiet, voiced: true, clipped: 3 }, 100).silentMs, 0);
  assert.equal(watch.hear(quiet, 100).clipping, true);
  for (let n = 0; n < 9; n++) watch.hear(quiet, 100);
  assert.equal(watch.hear(quiet, 100).clipping, false);
});
