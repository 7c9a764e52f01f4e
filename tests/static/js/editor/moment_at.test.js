import assert from "node:assert/strict";
import { test } from "node:test";
import { momentOfPlace, momentsBeside } from "../../../../static/src/js/editor/moment_at.js";
import { placeWords } from "../../../../static/src/js/transcript/words.js";

const LINE = { startMs: 1_000, endMs: 3_000, text: "good morning all" };
const TABLE = placeWords(
  [
    [1_000, 1_300, "good"],
    [1_500, 2_000, "morning"],
    [2_400, 2_900, "all"],
  ],
  LINE.text,
);

test("it works", () => {
  assert.deepEqual(momentsBeside(TABLE, LINE, 5), { endMs: 1_300, startMs: 1_500 });
  assert.deepEqual(momentsBeside(TABLE, LINE, 4), { endMs: 1_300, startMs: 1_500 });
});

test("inside a word both are the same", () => {
  const { endMs, startMs } = momentsBeside(TABLE, LINE, 8);
  assert.equal(endMs, startMs);
  assert.ok(endMs > 1_500 && endMs < 2_000);
});

test("at the edges of the line they are its edges", () => {
  assert.deepEqual(momentsBeside(TABLE, LINE, 0), { endMs: 1_000, startMs: 1_000 });
  assert.deepEqual(momentsBeside(TABLE, LINE, 16), { endMs: 2_900, startMs: 3_000 });
});

test("without words the letters sound evenly", () => {
  assert.deepEqual(momentsBeside(null, LINE, 8), { endMs: 2_000, startMs: 2_000 });
  assert.deepEqual(momentsBeside(null, { ...LINE, text: "" }, 0), { endMs: 1_000, startMs: 1_000 });
});

test("a place has the moment of its word", () => {
  assert.equal(momentOfPlace(TABLE, LINE, 7), 1_500);
  assert.equal(momentOfPlace(null, LINE, 7), 1_000);
});
