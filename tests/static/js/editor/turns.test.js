import assert from "node:assert/strict";
import { test } from "node:test";
import {
  segmentPlaces,
  segmentsBetween,
  turnAt,
  turnsBetween,
} from "../../../../static/src/js/editor/turns.js";
import { makeState, posOf } from "./cast.js";

const numbers = (places) => places.map(({ node }) => Number(node.attrs.id.slice(1)));

test("it works", () => {
  const state = makeState("aab|bba");
  assert.deepEqual(numbers(segmentPlaces(state.doc)), [1, 2, 3, 4, 5, 6]);
  for (const { node, pos } of segmentPlaces(state.doc)) assert.equal(state.doc.nodeAt(pos), node);
  assert.deepEqual(numbers(turnAt(state.doc, posOf(state, 4) + 3)), [3, 4, 5]);
  assert.deepEqual(numbers(turnAt(state.doc, posOf(state, 1))), [1, 2]);
  assert.deepEqual(numbers(turnAt(state.doc, posOf(state, 6) + 1)), [6]);
});

test("a document without text has no turns", () => {
  const { doc } = makeState("");
  assert.deepEqual(segmentPlaces(doc), []);
  assert.deepEqual(turnAt(doc, 1), []);
  assert.deepEqual(segmentsBetween(doc, 0, doc.content.size), []);
});

test("a caret means its own segment, a selection all that it covers", () => {
  const state = makeState("aab|b");
  const inside = posOf(state, 2) + 4;
  assert.deepEqual(numbers(segmentsBetween(state.doc, inside, inside)), [2]);
  assert.deepEqual(numbers(segmentsBetween(state.doc, inside, posOf(state, 4) + 3)), [2, 3, 4]);
});

test("the segment whose start a selection only touches is left out", () => {
  const state = makeState("aab");
  assert.deepEqual(numbers(segmentsBetween(state.doc, posOf(state, 1) + 1, posOf(state, 2) + 1)), [1]);
});

test("turns are whole also where the selection begins or ends inside them", () => {
  const state = makeState("aab|bbaa");
  assert.deepEqual(
    numbers(turnsBetween(state.doc, posOf(state, 2) + 2, posOf(state, 4) + 2)),
    [1, 2, 3, 4, 5],
  );
  assert.deepEqual(numbers(turnsBetween(state.doc, posOf(state, 7) + 1, posOf(state, 7) + 1)), [6, 7]);
});
