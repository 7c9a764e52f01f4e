import assert from "node:assert/strict";
import { test } from "node:test";
import { limitsOf, placeOf, relationOf, setEdge } from "../../../../static/src/js/editor/segment_times.js";
import { heldIn, timedState, timesIn } from "./timed.js";

const APART = [
  [1_000, 2_000],
  [3_000, 4_000],
  [5_000, 6_000],
];
const TOUCHING = [
  [0, 2_000],
  [2_000, 4_000],
  [4_000, 6_000],
];
const WORDS = {
  s1: { starts: [0, 1_200], ends: [1_000, 1_900] },
  s3: { starts: [4_100, 5_000], ends: [4_800, 5_900] },
};
const wordsOf = ({ attrs }) => WORDS[attrs.id] ?? null;

/** Times after one edge was moved. */
function moved(spans, id, edge, ms, options) {
  const state = timedState(spans, { perGroup: 2 });
  const tr = setEdge(state, id, edge, ms, options);
  return tr ? timesIn(state.apply(tr).doc) : null;
}

test("it works", () => {
  const state = timedState(APART);
  const tr = setEdge(state, "s2", "start", 2_600);
  assert.deepEqual(
    tr.steps.map((step) => [step.toJSON().stepType, step.attr, step.value]),
    [
      ["attr", "start_ms", 2_600],
      ["attr", "held", true],
    ],
  );
  const { doc } = state.apply(tr);
  assert.deepEqual(timesIn(doc)[1], [2_600, 4_000]);
  assert.deepEqual(heldIn(doc), ["s2"]);
});

test("neighbours are found across groups", () => {
  const { doc } = timedState(APART, { perGroup: 1 });
  const place = placeOf(doc, "s2");
  assert.deepEqual([place.previous.node.attrs.id, place.next.node.attrs.id], ["s1", "s3"]);
  assert.equal(doc.nodeAt(place.pos), place.node);
  assert.equal(placeOf(doc, "s1").previous, null);
  assert.equal(placeOf(doc, "s3").next, null);
  assert.equal(placeOf(doc, "s9"), null);
});

test("a shared edge moves both segments, and both are held", () => {
  const state = timedState(TOUCHING, { perGroup: 2 });
  const { doc } = state.apply(setEdge(state, "s2", "end", 4_400, { wordsOf }));
  assert.deepEqual(timesIn(doc).slice(1), [
    [2_000, 4_400],
    [4_400, 6_000],
  ]);
  assert.deepEqual(heldIn(doc), ["s2", "s3"]);
});

test("a neighbour that is met gives way, down to its nearest word", () => {
  assert.deepEqual(moved(APART, "s2", "start", 1_500)[0], [1_000, 1_500]);
  assert.deepEqual(moved(TOUCHING, "s2", "start", 0, { wordsOf }).slice(0, 2), [
    [0, 1_240],
    [1_240, 4_000],
  ]);
  assert.deepEqual(moved(TOUCHING, "s2", "end", 9_000, { wordsOf }).slice(1), [
    [2_000, 4_760],
    [4_760, 6_000],
  ]);
});

test("without words a neighbour keeps a tenth of a second", () => {
  assert.deepEqual(moved(TOUCHING, "s2", "start", -50)[0], [0, 100]);
  assert.deepEqual(moved(TOUCHING, "s2", "end", 99_000)[2], [5_900, 6_000]);
});

test("a forced edge moves alone", () => {
  assert.deepEqual(moved(TOUCHING, "s2", "start", 500, { forced: true, wordsOf }), [
    [0, 2_000],
    [500, 4_000],
    [4_000, 6_000],
  ]);
  assert.deepEqual(moved(TOUCHING, "s2", "end", 3_000, { forced: true })[1], [2_000, 3_000]);
  assert.deepEqual(moved(TOUCHING, "s2", "start", -9, { forced: true })[1], [0, 4_000]);
});

test("a segment never gets shorter than a tenth of a second", () => {
  assert.deepEqual(moved(APART, "s2", "start", 9_000)[1], [3_900, 4_000]);
  assert.deepEqual(moved(APART, "s2", "end", 0)[1], [3_000, 3_100]);
});

test("the ends of the recording are kept", () => {
  assert.deepEqual(moved(APART, "s1", "start", -500)[0], [0, 2_000]);
  assert.deepEqual(moved(APART, "s3", "end", 99_000, { durationMs: 7_000 })[2], [5_000, 7_000]);
});

test("people who talk at once keep their overlap", () => {
  const overlapping = [
    [0, 3_000],
    [2_000, 5_000],
  ];
  assert.equal(relationOf(placeOf(timedState(overlapping).doc, "s2"), "start"), "overlapping");
  assert.deepEqual(moved(overlapping, "s2", "start", 1_500), [
    [0, 3_000],
    [1_500, 5_000],
  ]);
  assert.deepEqual(moved(overlapping, "s1", "end", 4_000)[0], [0, 4_000]);
});

test("an edge that stands beyond its limits may stay there", () => {
  const tiny = [
    [0, 50],
    [50, 90],
  ];
  const place = placeOf(timedState(tiny).doc, "s1");
  assert.deepEqual(limitsOf(place, "end"), { leastMs: 50, mostMs: 50 });
  assert.equal(moved(tiny, "s1", "end", 70), null);
});

test("nothing is written where nothing changes", () => {
  assert.equal(moved(APART, "s2", "start", 3_000), null);
  assert.equal(moved(APART, "s2", "start", 3_000.4), null);
  assert.equal(moved(APART, "gone", "start", 3_000), null);
});

test("a segment that is held already needs no second word about it", () => {
  const state = timedState(APART, { held: ["s2"] });
  assert.equal(setEdge(state, "s2", "start", 2_600).steps.length, 1);
});
