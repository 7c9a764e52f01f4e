import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_SOCKET_BYTES, MOST_STEPS, parcelOf } from "../../../../static/src/js/editor/parcel.js";
import { docOf, find, stateOf } from "./texts.js";

const { tr, doc } = stateOf(docOf(["hello"]));
const stepOf = (text) => stateOf(doc).tr.insertText(text, find(doc, "llo")).steps[0];

test("it works", () => {
  const { steps, fitsSocket } = parcelOf([stepOf("a"), stepOf("b")]);
  assert.deepEqual(
    steps.map(({ slice }) => slice.content[0].text),
    ["a", "b"],
  );
  assert.equal(fitsSocket, true);
  assert.equal(tr.steps.length, 0);
});

test("no more steps go at once than the server takes", () => {
  const many = Array.from({ length: MOST_STEPS + 1 }, () => stepOf("a"));
  assert.equal(parcelOf(many).steps.length, MOST_STEPS);
});

test("bytes are counted, not characters", () => {
  const heavy = Array.from({ length: 60 }, () => stepOf("é".repeat(10_000)));
  const { steps, fitsSocket } = parcelOf(heavy);
  assert.ok(steps.length < 60 && fitsSocket);
  assert.ok(new TextEncoder().encode(JSON.stringify(steps)).length <= MOST_SOCKET_BYTES);
});

test("one step that is too large goes alone, and not over the socket", () => {
  const { steps, fitsSocket } = parcelOf([stepOf("é".repeat(500_000)), stepOf("a")]);
  assert.deepEqual([steps.length, fitsSocket], [1, false]);
});
