import assert from "node:assert/strict";
import { test } from "node:test";
import { finalsOf } from "../../../../static/src/js/live/earlier_text.js";

test("it works", () => {
  const finals = finalsOf({
    speakers: [{ id: 7, label: "speaker_1", name: "Ada", display_name: "Ada", colour: 1 }],
    segments: [
      { id: "a", start_ms: 0, end_ms: 900, text: "One.", speaker: 7 },
      { id: "b", start_ms: 900, end_ms: 1800, text: "Two.", speaker: null },
    ],
  });
  assert.deepEqual(finals, [
    { key: "a", start_ms: 0, end_ms: 900, text: "One.", speaker: "Ada", hue: 1 },
    { key: "b", start_ms: 900, end_ms: 1800, text: "Two.", speaker: "", hue: 0 },
  ]);
});
