import assert from "node:assert/strict";
import { test } from "node:test";
import { frameOf, HEADER_BYTES, LAST, VOICE } from "../../../../static/src/js/live/frame.js";

test("it works", () => {
  const bytes = Uint8Array.of(1, 2, 3, 4);
  const frame = frameOf({ flags: VOICE, epoch: 0x0102, seq: 0x03040506, offset: 0x0708090a0b, bytes });
  const wanted = "01020102030405060000000708090a0b01020304";
  assert.equal(Buffer.from(frame).toString("hex"), wanted);
  assert.equal(frame.byteLength, HEADER_BYTES + 4);
});

test("epoch and seq wrap around, flags add up, eight hours fit", () => {
  const eightHours = 8 * 3_600 * 32_000;
  const frame = frameOf({
    flags: VOICE | LAST,
    epoch: 65_537,
    seq: 2 ** 32 + 1,
    offset: eightHours,
    bytes: [],
  });
  const view = new DataView(frame);
  assert.equal(view.getUint8(1), 3);
  assert.equal(view.getUint16(2), 1);
  assert.equal(view.getUint32(4), 1);
  assert.equal(Number(view.getBigUint64(8)), eightHours);
});
