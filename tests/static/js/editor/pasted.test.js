import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOf } from "../../../../static/src/js/editor/pasted.js";

test("it works", () => {
  assert.deepEqual(linesOf("one\n\n  two \u2028three\r"), [
    { text: "one", isWhole: true },
    { text: "two", isWhole: true },
    { text: "three", isWhole: true },
  ]);
});

test("a part of a line keeps its spaces", () => {
  assert.deepEqual(linesOf(" and then "), [{ text: " and then ", isWhole: false }]);
  assert.deepEqual(linesOf(""), []);
});

test("what a segment must not hold is taken out", () => {
  assert.deepEqual(linesOf("a\tb\u0000c\ud800d"), [{ text: "a b c\ufffdd", isWhole: false }]);
});

test("long lines are parted between words, and never inside a character", () => {
  const words = linesOf("word ".repeat(9_000).trim());
  assert.ok(words.every(({ text }) => text.length <= 20_000 && !text.startsWith(" ")));
  assert.equal(words.map(({ text }) => text).join(" "), "word ".repeat(9_000).trim());
  const faces = linesOf(`x${"😀".repeat(15_000)}`);
  assert.ok(faces.every(({ text }) => text.isWellFormed() && text.length <= 20_000));
  assert.equal(faces.map(({ text }) => text).join(""), `x${"😀".repeat(15_000)}`);
});
