import assert from "node:assert/strict";
import { test } from "node:test";
import {
  comparisonKey,
  normaliseText,
  spokenWeight,
  tokenise,
} from "../../../../static/src/js/timing/tokens.js";

test("it works", () => {
  assert.deepEqual(tokenise("  Hello,\tbig \r\n world. "), ["Hello,", "big", "world."]);
});

test("what stood between two halves of a character does not make them one", () => {
  assert.equal(normaliseText("\ud83d\0\ude00 \u{1f600}\ufeff"), "\ufffd\ufffd \u{1f600}");
});

test("scripts without spaces, and characters of two halves", () => {
  assert.deepEqual(tokenise("我用 Python 写。𠮷野"), ["我", "用", " Python", " 写。", "𠮷", "野"]);
  assert.deepEqual(tokenise("นี้ดี 👩‍👩‍👧 שלום"), ["นี้", "ดี", " 👩‍👩‍👧", "שלום"]);
});

test("a word is the same with another case, other punctuation, another sigma", () => {
  assert.equal(comparisonKey("Don’t,"), comparisonKey("don't"));
  assert.equal(comparisonKey("ΣΑΣ"), comparisonKey("σας"));
  assert.equal(comparisonKey("STRASSE"), comparisonKey("Straße"));
  assert.notEqual(comparisonKey("❤️"), comparisonKey("✈️"));
  assert.equal(comparisonKey("–"), "–");
});

test("nothing is longer than something", () => {
  assert.deepEqual(tokenise(" \n\0"), []);
  assert.deepEqual(["a", "...", "12", "漢字", "don't", ""].map(spokenWeight), [1, 1, 6, 4, 4, 1]);
});
