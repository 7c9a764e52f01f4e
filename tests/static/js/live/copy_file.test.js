import assert from "node:assert/strict";
import { test } from "node:test";
import { copyFile, hasCopy } from "../../../../static/src/js/live/copy_file.js";

const bytes = (...values) => new Uint8Array(values).buffer;
const storeOf = (...slices) => ({
  slices: async (_id, first, most) => slices.slice(first, first + most),
});
const take = { id: "take-one", title: "Lecture 7: tides", copy: { openings: 1, slices: 2, isBroken: false } };

test("it works", async () => {
  const { blob, name } = await copyFile(storeOf(bytes(0x1a, 0x45), bytes(1, 2, 3)), take);
  assert.equal(name, "Lecture 7 tides.webm");
  assert.deepEqual([...new Uint8Array(await blob.arrayBuffer())], [0x1a, 0x45, 1, 2, 3]);
  assert.equal(blob.type, "audio/webm");
});

test("more slices than are read at once keep their order", async () => {
  const slices = Array.from({ length: 650 }, (_, index) => bytes(index % 256));
  const { blob } = await copyFile(storeOf(...slices), take);
  const read = new Uint8Array(await blob.arrayBuffer());
  assert.deepEqual([read.length, read[649]], [650, 649 % 256]);
});

test("the ending is that of the sound", async () => {
  const mp4 = bytes(0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70);
  assert.equal((await copyFile(storeOf(mp4), take)).name, "Lecture 7 tides.m4a");
});

test("a copy with a hole is none", () => {
  assert.ok(hasCopy(take));
  assert.ok(!hasCopy({ copy: { ...take.copy, openings: 2 } }));
  assert.ok(!hasCopy({ copy: { ...take.copy, isBroken: true } }));
  assert.ok(!hasCopy({ copy: { ...take.copy, slices: 0 } }));
});
