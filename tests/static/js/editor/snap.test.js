import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../../../../static/src/js/editor/segment_times.js";
import { snapped, targetsOf } from "../../../../static/src/js/editor/snap.js";
import { timedState } from "./timed.js";

const APART = [
  [0, 2_000],
  [3_000, 4_000],
];
const pauses = [[1_950, 2_900]];

const targets = (spans, edge, options) => targetsOf(placeOf(timedState(spans).doc, "s2"), edge, options);

test("it works", () => {
  const found = targets(APART, "start", { pauses });
  assert.deepEqual(snapped(2_930, found, 100), { ms: 2_900, kind: "pause" });
  assert.deepEqual(snapped(2_500, found, 100), { ms: 2_500, kind: null });
});

test("speech starts where a pause ends, and ends where one starts", () => {
  assert.deepEqual(targets(APART, "start", { pauses: [[10, 20]] }).at(-1), { ms: 20, kind: "pause" });
  assert.deepEqual(targets(APART, "end", { pauses: [[10, 20]] }).at(-1), { ms: 10, kind: "pause" });
});

test("an edge that two share looks for both sides", () => {
  const touching = [
    [0, 3_000],
    [3_000, 4_000],
  ];
  const found = targets(touching, "start", { pauses: [[10, 20]] });
  assert.deepEqual(found, [
    { ms: 20, kind: "pause" },
    { ms: 10, kind: "pause" },
  ]);
});

test("words and the playhead attract too", () => {
  const wordsOf = ({ attrs }) =>
    attrs.id === "s2" ? { starts: [3_000, 3_500], ends: [3_400, 4_000] } : null;
  const found = targets(APART, "start", { wordsOf, playheadMs: 3_250 });
  assert.deepEqual(snapped(3_480, found, 100), { ms: 3_500, kind: "word" });
  assert.deepEqual(snapped(3_260, found, 100), { ms: 3_250, kind: "playhead" });
});

test("the stronger one wins when both are near", () => {
  const found = [
    { ms: 1_000, kind: "word" },
    { ms: 1_030, kind: "neighbour" },
  ];
  assert.equal(snapped(1_012, found, 100).kind, "neighbour");
  assert.equal(snapped(1_001, found, 100).kind, "word");
});

test("a few pixels of a wide view do not swallow seconds", () => {
  assert.equal(snapped(5_000, [{ ms: 6_000, kind: "pause" }], 60_000).kind, null);
});
