import assert from "node:assert/strict";
import { test } from "node:test";
import { recordLimits, recordOptions } from "../../../../static/src/js/live/record_options.js";

const engine = {
  id: "engine",
  diarize: true,
  speaker_count_hint: true,
  language: true,
  languages: ["en"],
  bias: "none",
  turn_detection: false,
  delays_ms: [],
};
const live = {
  id: "live-3",
  diarize: true,
  speaker_count_hint: false,
  language: true,
  languages: [],
  bias: "phrases",
  turn_detection: true,
  delays_ms: [240, 480],
};
const file = { ...live, id: "file-3", turn_detection: false, delays_ms: undefined };
const blind = { ...live, id: "live-2", language: false, diarize: false, bias: "none", turn_detection: false };
const values = {
  language: "de",
  delay_ms: "480",
  diarize: false,
  context_bias: "Okafor",
  turn_detection: true,
  speaker_count: "3",
};

test("it works", () =>
  assert.deepEqual(recordOptions(live, file, values), {
    live_model: "live-3",
    model: "file-3",
    language: "de",
    delay_ms: "480",
    diarize: false,
    context_bias: "Okafor",
    turn_detection: true,
  }));

test("the engine takes little, and is not told what it does not take", () =>
  assert.deepEqual(recordOptions({ ...engine, diarize: false }, engine, { ...values, diarize: true }), {
    live_model: "engine",
    model: "engine",
    diarize: true,
    speaker_count: "3",
  }));

test("without captions the text afterwards has its options", () => {
  const given = recordOptions(null, file, values);
  assert.equal(given.live_model, "none");
  assert.equal(given.language, "de");
  assert.ok(!("delay_ms" in given) && !("turn_detection" in given));
});

test("turns and speakers exclude each other", () => {
  assert.ok(recordLimits(live, file, { diarize: true }).turn_detection.disabled);
  assert.ok(!recordLimits(live, file, { diarize: false }).turn_detection.disabled);
});

test("what only one of the two can do says which", () => {
  const limits = recordLimits(blind, file, { diarize: true });
  assert.match(limits.diarize.reason, /afterwards/);
  assert.match(limits.language.reason, /detect it/);
  assert.match(limits.context_bias.reason, /text afterwards/);
  assert.match(recordLimits(live, engine, { diarize: true }).context_bias.reason, /live captions/);
});

test("languages are those both understand", () => {
  const some = { ...file, languages: ["de", "en"] };
  assert.deepEqual(recordLimits(live, some, {}).language.languages, ["de", "en"]);
  assert.deepEqual(recordLimits({ ...live, languages: ["en", "fr"] }, some, {}).language.languages, ["en"]);
  assert.equal(recordLimits(live, file, {}).language.languages, null);
});
