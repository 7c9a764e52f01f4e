import assert from "node:assert/strict";
import { test } from "node:test";
import { Framer } from "../../../../static/src/js/audio/framer.js";

function framed(rate) {
  const frames = [];
  const framer = new Framer(rate, (frame) => frames.push(frame));
  return { frames, framer, count: () => frames.reduce((sum, { samples }) => sum + samples.length, 0) };
}

test("it works", () => {
  const { frames, framer } = framed(16_000);
  const input = Float32Array.from({ length: 4_000 }, (_, n) => ((n % 200) - 100) / 32_768);
  for (let at = 0; at < 4_000; at += 128) framer.push(input.subarray(at, at + 128));
  framer.flush();
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
  const { frames, framer } = framed(16_000);
  framer.push(new Float32Array(1_600).fill(0.5));
  framer.push(new Float32Array(1_600).fill(-0.5));
  assert.equal(frames[0].samples[0], 16_384);
  assert.equal(frames[1].samples[0], -16_384);
});

test("another rate is resampled, to the exact length", () => {
  const { framer, count } = framed(48_000);
  for (let n = 0; n < 375; n++) framer.push(new Float32Array(128));
  framer.flush();
  assert.equal(count(), 16_000);
});

test("what is too loud is cut off and counted", () => {
  const { frames, framer } = framed(16_000);
  framer.push(Float32Array.from({ length: 1_600 }, (_, n) => (n % 2 ? 1.5 : -1.5)));
  assert.equal(frames[0].samples[0], -32_768);
  assert.equal(frames[0].samples[1], 32_767);
  assert.equal(frames[0].clipped, 1_600);
  assert.equal(frames[0].peak, 1);
});

test("nothing to hand out is nothing", () => {
  const { frames, framer } = framed(16_000);
  framer.flush();
  framer.push(new Float32Array(1_600));
  framer.flush();
  assert.equal(frames.length, 1);
});
