import assert from "node:assert/strict";
import { test } from "node:test";
import { oneChannel } from "../../../../static/src/js/audio/one_channel.js";

/** As browsers give it: planes are copied out, as floats where asked. */
function soundOf(...planes) {
  return {
    numberOfChannels: planes.length,
    numberOfFrames: planes[0].length,
    copyTo(target, { planeIndex, format }) {
      assert.equal(format, "f32-planar");
      target.set(planes[planeIndex]);
    },
  };
}

test("it works", () => assert.deepEqual([...oneChannel(soundOf([0.5, -1, 0]))], [0.5, -1, 0]));

test("several channels become their mean", () => {
  assert.deepEqual([...oneChannel(soundOf([0.5, 1], [0, -1]))], [0.25, 0]);
  assert.deepEqual([...oneChannel(soundOf([1], [1], [0], [0]))], [0.5]);
});
