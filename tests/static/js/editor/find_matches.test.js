import assert from "node:assert/strict";
import { test } from "node:test";
import {
  besideOf,
  countText,
  FindMatches,
  indexOfSelected,
} from "../../../../static/src/js/editor/find_matches.js";
import { compile, spansIn } from "../../../../static/src/js/editor/find_pattern.js";
import { stateOf, written } from "./written.js";

const finder = (text) => {
  const { pattern } = compile({ text });
  return (of) => spansIn(pattern, of);
};
const found = (doc, text, matches = new FindMatches()) => {
  matches.search(doc, finder(text));
  return matches.in(doc);
};

test("it works", () => {
  const doc = written(["The boats came", "", "no boats, no boat"], 2);
  const matches = found(doc, "boat");
  assert.equal(matches.length, 3);
  for (const { from, to } of matches) assert.equal(doc.textBetween(from, to), "boat");
});

test("nothing is found across two segments, nor where nothing is written", () => {
  assert.deepEqual(found(written(["one two", "three"]), "two three"), []);
  assert.deepEqual(found(written([]), "x"), []);
});

test("after an edit only the new segments are looked through", () => {
  const state = stateOf(Array.from({ length: 200 }, (_, n) => `line ${n} says hello`));
  const matches = new FindMatches();
  const [first] = found(state.doc, "hello", matches);
  const edited = state.apply(state.tr.insertText("hello ", first.from)).doc;
  assert.equal(matches.unsearched(edited).length, 1);
  assert.equal(found(edited, "hello", matches).length, 201);
});

test("next and previous go round", () => {
  const doc = written(["a b a", "a"]);
  const matches = found(doc, "a");
  const at = (index) => matches[index];
  assert.equal(besideOf(matches, { from: 0, to: 0 }, 1), 0);
  assert.equal(besideOf(matches, { from: 0, to: 0 }, -1), 2);
  assert.equal(besideOf(matches, at(0), 1), 1);
  assert.equal(besideOf(matches, at(2), 1), 0);
  assert.equal(besideOf(matches, at(0), -1), 2);
  assert.equal(besideOf(matches, { from: at(1).from + 1, to: at(1).from + 1 }, 1), 2);
  assert.equal(besideOf([], { from: 0, to: 0 }, 1), -1);
  assert.equal(indexOfSelected(matches, { from: at(1).from, to: at(1).from }), -1);
});

test("the count is told in words", () => {
  assert.equal(countText(0, -1), "Nothing found");
  assert.equal(countText(41, -1), "41 found");
  assert.equal(countText(41, 2), "3 of 41");
  assert.equal(countText(12_345, 1233), "1,234 of 12,345");
});
