import assert from "node:assert/strict";
import { test } from "node:test";
import { edgeNear } from "../../../../static/src/js/audio/edge_near.js";
import { ZoomWindow } from "../../../../static/src/js/audio/zoom_window.js";

const WIDTH = 1_000;
/** Ten milliseconds a pixel. */
const zoom = new ZoomWindow(10_000);
const BANDS = [
  { key: "s1", startMs: 1_000, endMs: 3_000 },
  { key: "s2", startMs: 3_000, endMs: 5_000 },
  { key: "s3", startMs: 8_000, endMs: 9_000 },
];

const near = (x, reach = 6) => edgeNear(BANDS, zoom, WIDTH, x, reach);

test("it works", () => {
  assert.deepEqual(near(103), { key: "s1", edge: "start", ms: 1_000 });
  assert.deepEqual(near(497), { key: "s2", edge: "end", ms: 5_000 });
  assert.equal(near(200), null);
});

test("of a shared edge the side of the pointer is taken", () => {
  assert.deepEqual(near(297), { key: "s1", edge: "end", ms: 3_000 });
  assert.deepEqual(near(303), { key: "s2", edge: "start", ms: 3_000 });
});

test("edges of a narrow segment are not in the way of seeking", () => {
  assert.equal(near(801), null);
});

test("fingers reach further", () => {
  assert.equal(near(88), null);
  assert.equal(near(88, 14).key, "s1");
});
