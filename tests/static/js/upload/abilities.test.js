import assert from "node:assert/strict";
import { test } from "node:test";
import { limits, metadata } from "../../../../static/src/js/upload/abilities.js";

const hosted = {
  id: "voxtral-mini-transcribe-3-0",
  label: "Voxtral Mini Transcribe 3",
  diarize: true,
  speaker_count_hint: false,
  language: true,
  languages: [],
  bias: "phrases",
  max_bias_items: null,
  temperature: true,
};
const engine = {
  ...hosted,
  id: "voxweb-engine",
  speaker_count_hint: true,
  languages: ["en"],
  bias: "none",
  temperature: false,
};
const values = {
  language: "de",
  diarize: true,
  speaker_count: "3",
  context_bias: " Amara Okafor \n",
  temperature: "0.2",
};

test("it works", () => {
  const found = limits(engine, { diarize: true });
  assert.equal(found.context_bias.disabled, true);
  assert.match(found.context_bias.reason, /cannot take a vocabulary/);
  assert.equal(found.speaker_count.disabled, false);
  assert.deepEqual(found.language.languages, ["en"]);
});

test("a hosted model takes everything but the number of speakers", () => {
  const found = limits(hosted, { diarize: true });
  const shut = Object.keys(found).filter((field) => found[field].disabled);
  assert.deepEqual(shut, ["speaker_count"]);
  assert.equal(found.language.languages, null);
});

test("the number of speakers means nothing when they are not told apart", () => {
  assert.equal(limits(engine, { diarize: false }).speaker_count.disabled, true);
});

test("a model without languages or speakers says so", () => {
  const found = limits({ ...hosted, language: false, diarize: false }, { diarize: true });
  assert.match(found.language.reason, /detects the language itself/);
  assert.match(found.diarize.reason, /cannot tell speakers apart/);
  assert.equal(found.speaker_count.disabled, true);
});

test("the rule for vocabulary is told", () => {
  const rule = (bias, most) => limits({ ...hosted, bias, max_bias_items: most }, {}).context_bias.reason;
  assert.match(rule("single_words", 100), /at most 100\. Single words/);
  assert.doesNotMatch(rule("phrases", null), /at most/);
});

test("what is greyed out is not sent", () => {
  assert.deepEqual(metadata(hosted, values), {
    model: hosted.id,
    diarize: "true",
    language: "de",
    context_bias: "Amara Okafor",
    temperature: "0.2",
  });
  assert.deepEqual(metadata(engine, values), { model: engine.id, diarize: "true", speaker_count: "3" });
});

test("empty fields are left to the server's defaults", () => {
  assert.deepEqual(metadata(hosted, { diarize: false }), { model: hosted.id, diarize: "false" });
});
