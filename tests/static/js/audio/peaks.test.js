import assert from "node:assert/strict";
import { test } from "node:test";
import { byteRange, Peaks, readHeader } from "../../../../static/src/js/audio/peaks.js";

/** A version 2, 8 bit, mono file: 16 kHz, 1,600 samples a pixel (10 px/s). */
function file(pairs) {
  const buffer = new ArrayBuffer(24 + 2 * pairs.length);
  const view = new DataView(buffer);
  [2, 1, 16_000, 1_600, pairs.length, 1].forEach((value, index) => {
    view.setInt32(4 * index, value, true);
  });
  new Int8Array(buffer, 24).set(pairs.flat());
  return buffer;
}

const TEN = Array.from({ length: 10 }, (_, index) => [-index * 10, index * 10]);

test("it works", () => {
  const header = readHeader(file(TEN));
  assert.equal(header.pixelsPerSecond, 10);
  assert.equal(header.length, 10);
  const out = Peaks.ofFile(file(TEN)).columns(0, 1_000, 5, new Float32Array(10));
  assert.deepEqual(
    [...out].map((value) => Math.round(value * 128)),
    [-10, 10, -30, 30, -50, 50, -70, 70, -90, 90],
  );
});

test("anything else is refused", () => {
  assert.throws(() => readHeader(new ArrayBuffer(3)), RangeError);
  assert.throws(() => readHeader(new TextEncoder().encode("<!doctype html><title>x").buffer), RangeError);
});

test("version 1 and 16 bit are read too", () => {
  const buffer = new ArrayBuffer(20 + 4);
  const view = new DataView(buffer);
  [1, 0, 8_000, 800, 1].forEach((value, index) => {
    view.setInt32(4 * index, value, true);
  });
  view.setInt16(20, -16_384, true);
  view.setInt16(22, 32_767, true);
  const out = Peaks.ofFile(buffer).columns(0, 100, 1, new Float32Array(2));
  assert.equal(out[0], -0.5);
});

test("outside of the file is silence", () => {
  const out = Peaks.ofFile(file(TEN)).columns(5_000, 6_000, 2, new Float32Array(4).fill(9));
  assert.deepEqual([...out], [0, 0, 0, 0]);
});

test("a range of the file answers for its own span", () => {
  const header = readHeader(file(TEN));
  const { first, from, to } = byteRange(header, 400, 700);
  assert.deepEqual([first, from, to], [4, 32, 39]);
  const piece = new Peaks(header, file(TEN).slice(from, to + 1), first);
  assert.ok(piece.covers(400, 700));
  assert.ok(!piece.covers(300, 700));
  const out = piece.columns(400, 500, 1, new Float32Array(2));
  assert.equal(Math.round(out[1] * 128), 40);
});

test("no range outside of the file", () => {
  const header = readHeader(file(TEN));
  assert.equal(byteRange(header, 9_000, 9_500), null);
  assert.deepEqual(byteRange(header, 0, 100_000, 5_000), { first: 0, from: 24, to: 43 });
});

test("a torn file gives its whole pixels", () => {
  assert.equal(Peaks.ofFile(file(TEN).slice(0, 24 + 7)).count, 3);
});
