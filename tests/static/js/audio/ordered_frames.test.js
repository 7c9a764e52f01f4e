import assert from "node:assert/strict";
import { test } from "node:test";
import { OrderedFrames } from "../../../../static/src/js/audio/ordered_frames.js";

function listening() {
  const told = [];
  const frames = new OrderedFrames((message, transfer) => told.push({ ...message, transfer }));
  const hear = (samples, value = 0.5) => frames.push(new Float32Array(samples).fill(value), 16_000);
  return { frames, told, hear };
}

const lengths = (told) => told.map(({ pcm }) => (pcm ? pcm.byteLength : pcm));

test("it works", () => {
  const { frames, told, hear } = listening();
  frames.obey("keep");
  hear(1_600);
  assert.deepEqual(lengths(told), [3_200]);
  assert.deepEqual(told[0].transfer, [told[0].pcm]);
  assert.equal(told[0].peak, 0.5);
});

test("until it is told to keep, frames have their level only", () => {
  const { told, hear } = listening();
  hear(1_600);
  assert.deepEqual(lengths(told), [null]);
  assert.deepEqual(told[0].transfer, []);
  assert.equal(told[0].peak, 0.5);
});

test("what is kept begins with the order and ends with the next one, to the sample", () => {
  const { frames, told, hear } = listening();
  hear(700, 0.25);
  frames.obey("keep");
  hear(2_000);
  frames.obey("hold");
  hear(1_600, 0.25);
  assert.deepEqual(lengths(told), [null, 3_200, 800, undefined, null]);
  assert.deepEqual(told[3], { held: true, transfer: [] });
});
