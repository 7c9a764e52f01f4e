import assert from "node:assert/strict";
import { test } from "node:test";
import { Doubts, progressText } from "../../../../static/src/js/editor/doubts.js";

/** A text of one segment, a word every 100 ms, that can be rewritten; `isLoaded` as the page knows its words. */
function written(text, doubtful, checked = []) {
  const here = { words: text.split(" "), isLoaded: true };
  const find = (startMs) => {
    if (!here.isLoaded) return undefined;
    const index = startMs / 100;
    const word = here.words[index];
    return word ? { id: "s1", from: index * 10, to: index * 10 + word.length, text: word, index } : null;
  };
  here.doubts = new Doubts(find);
  const spans = (indexes) => indexes.map((n) => [n * 100, n * 100 + 90, "unsure"]);
  here.doubts.take({ doubts: spans(doubtful), checked: spans(checked) });
  here.locate = () => here.doubts.locate(0, 10_000);
  return here;
}

test("it works", () => {
  const { doubts, locate } = written("we walked to the harbour", [1, 2, 4]);
  locate();
  assert.deepEqual(
    doubts.spots().map(({ place }) => place),
    [
      { id: "s1", from: 10, to: 22 },
      { id: "s1", from: 40, to: 47 },
    ],
  );
  assert.equal(doubts.beside(-1, 1).startMs, 100);
  assert.equal(doubts.beside(100, 1).startMs, 400);
  assert.equal(doubts.beside(400, -1).startMs, 100);
  assert.equal(doubts.beside(400, 1), undefined);
  assert.equal(doubts.at(250).startMs, 100);
  assert.deepEqual(doubts.progress, { left: 3, total: 3 });
});

test("a corrected word is no doubt any more, and comes back when that is taken back", () => {
  const here = written("we walked to", [1, 2]);
  here.locate();
  here.words[1] = "talked";
  here.locate();
  assert.deepEqual(here.doubts.progress, { left: 1, total: 2 });
  assert.deepEqual(
    here.doubts.places.map(({ text }) => text),
    ["to"],
  );
  here.words[1] = "walked";
  here.locate();
  assert.equal(here.doubts.progress.left, 2);
});

test("a spot that is right is not asked about again", () => {
  const { doubts, locate } = written("we walked to the harbour", [0, 4], [2]);
  locate();
  assert.deepEqual(doubts.progress, { left: 2, total: 3 });
  const spot = doubts.beside(-1, 1);
  doubts.check(spot);
  assert.equal(doubts.beside(-1, 1).startMs, 400);
  doubts.check(spot, false);
  assert.equal(doubts.beside(-1, 1).startMs, 0);
});

test("words that are not loaded yet count, but have no place", () => {
  const here = written("we walked to", [1, 2]);
  here.isLoaded = false;
  here.locate();
  assert.equal(here.doubts.progress.left, 2);
  assert.deepEqual(here.doubts.places, []);
  assert.ok(!here.doubts.beside(-1, 1).isKnown);
});

test("asking the server again keeps what was there first", () => {
  const here = written("we walked to", [1]);
  here.locate();
  here.words[1] = "talked";
  here.doubts.take({ doubts: [[100, 190, "unsure"]], checked: [] });
  here.locate();
  assert.equal(here.doubts.progress.left, 0);
});

test("progress in words", () => {
  assert.equal(progressText({ left: 12, total: 40 }), "12 of 40 left");
  assert.equal(progressText({ left: 0, total: 40 }), "All 40 are done");
  assert.equal(progressText({ left: 0, total: 0 }), "Nothing is doubtful here");
});
