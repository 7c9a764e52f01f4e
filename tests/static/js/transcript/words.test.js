import assert from "node:assert/strict";
import { test } from "node:test";
import { realign } from "../../../../static/src/js/timing/realign.js";
import {
  AFTERGLOW_MS,
  decodeWords,
  lastAtOrBefore,
  placeWords,
  wordAt,
  wordAtOffset,
} from "../../../../static/src/js/transcript/words.js";

const TEXT = "the bell, the boat";
const ROWS = [
  [100, 200, "the"],
  [300, 250, "bell,"],
  [1000, 100, "the"],
  [200, 400, "boat"],
];

test("it works", () => {
  const table = placeWords(decodeWords(ROWS, 5_000), TEXT);
  assert.deepEqual([...table.starts], [5_100, 5_400, 6_400, 6_600]);
  assert.deepEqual([...table.ends], [5_300, 5_650, 6_500, 7_000]);
  assert.deepEqual([...table.froms], [0, 4, 10, 14]);
  assert.deepEqual([...table.tos], [3, 9, 13, 18]);
});

test("the word at a moment is the one that sounds, with an afterglow", () => {
  const table = placeWords(decodeWords(ROWS, 5_000), TEXT);
  assert.equal(wordAt(table, 5_000), -1);
  assert.equal(wordAt(table, 5_100), 0);
  assert.equal(wordAt(table, 5_399), 0);
  assert.equal(wordAt(table, 5_400), 1);
  assert.equal(wordAt(table, 5_650 + AFTERGLOW_MS), 1);
  assert.equal(wordAt(table, 5_651 + AFTERGLOW_MS), -1);
  assert.equal(wordAt(table, 6_650), 3);
});

test("a place in the text belongs to a word", () => {
  const table = placeWords(decodeWords(ROWS, 5_000), TEXT);
  assert.deepEqual(
    [0, 3, 4, 9, 10, 18].map((offset) => wordAtOffset(table, offset)),
    [0, 0, 1, 1, 2, 3],
  );
});

test("an edited text keeps the words that still stand in it", () => {
  const table = placeWords(decodeWords(ROWS, 0), "the old boat");
  assert.deepEqual([...table.froms], [0, 3, 3, 8]);
  assert.equal(wordAt(table, 450), -1);
  assert.equal(wordAt(table, 1_650), 3);
});

test("every word of an edited text has its place, also one that stands there often", () => {
  const texts = [
    "the the, The the bathe the",
    "今日は今日も、 今日 は12月。「今」",
    "นี้นี้ดี 👩‍👩‍👧👩‍👩‍👧 e\u0301e e\u0301",
    "שָׁלוֹם שלום  – – \u3000-",
  ];
  for (const text of texts) {
    const words = realign([[0, 500, "the"]], text, 0, 9_000);
    const { froms, tos } = placeWords(words, text);
    const pieces = words.map((_, index) => text.slice(tos[index - 1] ?? 0, tos[index]));
    assert.deepEqual(
      pieces.map((piece) => piece.trim()),
      words.map(([, , word]) => word.trim()),
    );
    assert.ok(words.every(([, , word], index) => text.slice(froms[index], tos[index]) === word.trim()));
    assert.equal(text.slice(tos.at(-1)).trim(), "");
  }
});

test("no words", () => {
  const table = placeWords([], "");
  assert.equal(wordAt(table, 10), -1);
  assert.equal(wordAtOffset(table, 0), -1);
  assert.equal(lastAtOrBefore([], 1), -1);
});

test("the search agrees with a plain scan", () => {
  const values = Array.from({ length: 200 }, (_, index) => Math.floor((index * 7) / 3));
  for (let value = -2; value < 480; value += 1) {
    assert.equal(
      lastAtOrBefore(values, value),
      values.findLastIndex((other) => other <= value),
    );
  }
});
