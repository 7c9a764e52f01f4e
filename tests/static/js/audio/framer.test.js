import assert from "node:assert/strict";
import { test } from "node:test";
import { Framer } from "../../../../static/src/js/audio/framer.js";

function framed(rate) {
  const frames = [];
  const framer = new Framer((frame) => frames.push(frame));
  const push = (input, at = rate) => framer.push(input, at);
  return {
    frames,
    push,
    flush: () => framer.flush(),
    count: () => frames.reduce((sum, { samples }) => sum + samples.length, 0),
  };
}

test("it works", () => {
  const { frames, push, flush } = framed(16_000);
  const input = Float32Array.from({ length: 4_000 }, (_, n) => ((n % 200) - 100) / 32_768);
  for (let at = 0; at < 4_000; at += 128) push(input.subarray(at, at + 128));
  flush();
  assert.deepEqual(
    frames.map(({ samples }) => samples.length),
    [1_600, 1_600, 800],
  );
  const all = frames.flatMap(({ samples }) => [...samples]);
  assert.deepEqual(
    all,
    [...input].map((value) => Math.round(value * 32_768)),
  );
});

test("each frame owns its samples", () => {
  const { frames, push } = framed(16_000);
  push(new Float32Array(1_600).fill(0.5));
  push(new Float32Array(1_600).fill(-0.5));
  assert.equal(frames[0].samples[0], 16_384);
  assert.equal(frames[1].samples[0], -16_384);
});

test("another rate is resampled, to the exact length", () => {
  const { push, flush, count } = framed(48_000);
  for (let n = 0; n < 375; n++) push(new Float32Array(128));
  flush();
  assert.equal(count(), 16_000);
});

test("a source that changes its rate loses nothing", () => {
  const { push, flush, count } = framed(48_000);
  for (let n = 0; n < 100; n++) push(new Float32Array(480));
  for (let n = 0; n < 100; n++) push(new Float32Array(441), 44_100);
  for (let n = 0; n < 100; n++) push(new Float32Array(160), 16_000);
  flush();
  assert.equal(count(), 48_000);
});

test("what is too loud is cut off and counted", () => {
  const { frames, push } = framed(16_000);
  push(Float32Array.from({ length: 1_600 }, (_, n) => (n % 2 ? 1.5 : -1.5)));
  assert.equal(frames[0].samples[0], -32_768);
  assert.equal(frames[0].samples[1], 32_767);
  assert.equal(frames[0].clipped, 1_600);
  assert.equal(frames[0].peak, 1);
});

test("nothing to hand out is nothing", () => {
  const { frames, push, flush } = framed(16_000);
  flush();
  push(new Float32Array(1_600));
  flush();
  assert.equal(frames.length, 1);
});
