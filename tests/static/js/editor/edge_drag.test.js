import assert from "node:assert/strict";
import { test } from "node:test";
import { EdgeDrag } from "../../../../static/src/js/editor/edge_drag.js";
import { timedState, timesIn } from "./timed.js";

const SPANS = [
  [0, 2_000],
  [3_000, 4_000],
];
const near = () => [[2_000, 2_700]];

test("it works", () => {
  const state = timedState(SPANS);
  const drag = new EdgeDrag("s2", "start", { near });
  const { ms, kind, changes } = drag.move(state.doc, 2_760, { reachMs: 100 });
  assert.deepEqual([ms, kind], [2_700, "pause"]);
  assert.deepEqual(
    changes.map(({ id, name }) => [id, name]),
    [["s2", "start_ms"]],
  );
  const tr = drag.finish(state);
  assert.equal(tr.steps.length, 2);
  assert.deepEqual(timesIn(state.apply(tr).doc)[1], [2_700, 4_000]);
});

test("without reach it goes exactly where the pointer is", () => {
  const { ms, kind } = new EdgeDrag("s2", "start", { near }).move(timedState(SPANS).doc, 2_690);
  assert.deepEqual([ms, kind], [2_690, null]);
});

test("what attracts beyond a limit is not reported", () => {
  const drag = new EdgeDrag("s1", "end", { near: () => [[60, 90]] });
  assert.deepEqual(drag.move(timedState(SPANS).doc, 70, { reachMs: 50 }), {
    ms: 100,
    kind: null,
    changes: drag.move(timedState(SPANS).doc, 70, { reachMs: 50 }).changes,
  });
});

test("text that comes in before it moves the place, not the time", () => {
  const state = timedState(SPANS);
  const drag = new EdgeDrag("s2", "start");
  drag.move(state.doc, 2_500);
  const typed = state.apply(state.tr.insertText("More. ", 5));
  assert.deepEqual(timesIn(typed.apply(drag.finish(typed)).doc)[1], [2_500, 4_000]);
});

test("a segment that somebody else has removed ends it", () => {
  const state = timedState(SPANS);
  const drag = new EdgeDrag("s2", "start");
  drag.move(state.doc, 2_500);
  const without = timedState(SPANS.slice(0, 1));
  assert.equal(drag.move(without.doc, 2_400), null);
  assert.equal(drag.finish(without), null);
});

test("an edge that was only touched writes nothing", () => {
  const state = timedState(SPANS);
  const drag = new EdgeDrag("s2", "start");
  assert.equal(drag.finish(state), null);
  drag.move(state.doc, 3_000);
  assert.equal(drag.finish(state), null);
});
