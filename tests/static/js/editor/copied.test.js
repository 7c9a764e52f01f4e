import assert from "node:assert/strict";
import { test } from "node:test";
import { asText, piecesBetween } from "../../../../static/src/js/editor/copied.js";
import { stateOf } from "./marked_text.js";

function copied(...groups) {
  const { doc, selection } = stateOf(...groups);
  return piecesBetween(doc, selection.from, selection.to);
}

test("it works", () => {
  const pieces = copied(["a: go|od", "a: morning"], ["b: yes| no"]);
  assert.deepEqual(
    pieces.map(({ text, isWhole, speaker }) => [text, isWhole, speaker]),
    [
      ["od", false, "a"],
      ["morning", true, "a"],
      ["yes", false, "b"],
    ],
  );
  assert.equal(asText(pieces), "Speaker 1: od morning\n\nSpeaker 2: yes");
});

test("inside one segment only the words are copied", () => {
  const pieces = copied(["a: good |mor|ning"]);
  assert.equal(asText(pieces), "mor");
});

test("whom nobody knows has no name", () => {
  assert.equal(asText(copied([": |one", "b: two|"])), "one\n\nSpeaker 2: two");
});
