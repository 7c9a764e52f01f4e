import assert from "node:assert/strict";
import { test } from "node:test";
import { ZoomWindow } from "../../../../static/src/js/audio/zoom_window.js";

const HOUR = 3_600_000;

test("it works", () => {
  const short = new ZoomWindow(30_000);
  assert.ok(short.isWhole);
  assert.equal(short.momentAt(0.5), 15_000);
  const long = new ZoomWindow(HOUR);
  assert.deepEqual([long.fromMs, long.toMs], [0, 60_000]);
});

test("zooming keeps the moment where it stands", () => {
  const window = new ZoomWindow(HOUR);
  window.pan(600_000);
  const before = window.fractionOf(615_000);
  window.zoom(0.5, 615_000);
  assert.equal(window.spanMs, 30_000);
  assert.ok(Math.abs(window.fractionOf(615_000) - before) < 1e-9);
});

test("zoom and pan stop at the ends", () => {
  const window = new ZoomWindow(HOUR);
  window.zoom(1e9, 0);
  assert.ok(window.isWhole);
  window.pan(5_000);
  assert.equal(window.fromMs, 0);
  window.zoom(1e-9, HOUR);
  assert.equal(window.spanMs, 2_000);
  assert.equal(window.toMs, HOUR);
});

test("a span is shown in the middle of what fits", () => {
  const window = new ZoomWindow(HOUR);
  window.show(100_000, 120_000);
  assert.deepEqual([window.fromMs, window.toMs], [100_000, 120_000]);
  window.show(100_000, 101_000);
  assert.deepEqual([window.fromMs, window.toMs], [99_500, 101_500]);
  window.show(-5_000, 5_000);
  assert.equal(window.fromMs, 0);
  window.show(0, 2 * HOUR);
  assert.ok(window.isWhole);
});

test("the page turns when the playhead leaves it", () => {
  const window = new ZoomWindow(HOUR);
  assert.ok(!window.keepInView(30_000));
  assert.ok(window.keepInView(59_900));
  assert.ok(window.fractionOf(59_900) < 0.1);
  assert.ok(window.keepInView(0));
  assert.equal(window.fromMs, 0);
});

test("an empty recording divides by nothing", () => {
  const window = new ZoomWindow(0);
  assert.equal(window.momentAt(1), 1);
  assert.ok(Number.isFinite(window.fractionOf(5)));
});
