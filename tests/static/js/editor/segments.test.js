import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changedSpan,
  idsBetween,
  posOfSegment,
  segmentAt,
  visitSegments,
} from "../../../../static/src/js/editor/segments.js";
import { stateOf, written } from "./marked_text.js";

const DOC = written(["a: one", "a: two"], ["b: three"]);

test("it works", () => {
  const pos = posOfSegment(DOC, "s1");
  assert.equal(DOC.nodeAt(pos).textContent, "two");
  assert.equal(segmentAt(DOC, pos + 2).node.attrs.id, "s1");
  assert.equal(posOfSegment(DOC, "gone"), -1);
});

test("positions outside of any text find the nearest segment, or none", () => {
  assert.equal(segmentAt(DOC, 0), null);
  assert.equal(segmentAt(written(), 99), null);
  assert.equal(segmentAt(DOC, posOfSegment(DOC, "s2")).node.attrs.id, "s2");
});

test("each segment is visited with the one before it, whatever group that stands in", () => {
  const seen = [];
  visitSegments(DOC, 0, DOC.content.size, (node, _pos, before) =>
    seen.push([before?.attrs.id, node.attrs.id]),
  );
  assert.deepEqual(seen, [
    [undefined, "s0"],
    ["s0", "s1"],
    ["s1", "s2"],
  ]);
  const from = posOfSegment(DOC, "s2") + 1;
  const last = [];
  visitSegments(DOC, from, from, (node, _pos, before) => last.push([before?.attrs.id, node.attrs.id]));
  assert.deepEqual(last, [["s1", "s2"]]);
});

test("the one after a stretch is visited too, and then no more", () => {
  const seen = [];
  visitSegments(DOC, 9, 9, (node) => seen.push(node.attrs.id));
  assert.deepEqual(seen, ["s0", "s1"]);
});

test("a change is found by what is different", () => {
  const state = stateOf(["a: one", "a: t|wo"], ["b: three"]);
  const { doc } = state.apply(state.tr.insertText("xx"));
  const span = changedSpan(state.doc, doc);
  assert.equal(span.to - span.from, 2);
  assert.equal(span.was, span.from);
  assert.deepEqual([...idsBetween(doc, span.from, span.to)], ["s1"]);
  assert.equal(changedSpan(doc, doc), null);
});

test("a change in a row of equal letters does not cross itself", () => {
  const state = stateOf(["a: oooo|oooo"]);
  const { doc } = state.apply(state.tr.insertText("oo"));
  const { from, to, was } = changedSpan(state.doc, doc);
  assert.equal(to - from - (was - from), 2);
  assert.ok(was >= from);
});
