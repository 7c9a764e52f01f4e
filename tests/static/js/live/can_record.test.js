import assert from "node:assert/strict";
import { test } from "node:test";
import { mayListen, whyNotRecord } from "../../../../static/src/js/live/can_record.js";

const browser = {
  isSecureContext: true,
  navigator: { mediaDevices: { getUserMedia() {} } },
  AudioWorkletNode: class {},
  WebSocket: class {},
  indexedDB: {},
};

test("it works", () => assert.equal(whyNotRecord(browser), ""));

test("an insecure page is told apart from an old browser", () => {
  assert.match(whyNotRecord({ ...browser, isSecureContext: false }), /https/);
  assert.match(whyNotRecord({ ...browser, AudioWorkletNode: undefined }), /cannot record/);
  assert.match(whyNotRecord({ ...browser, navigator: {} }), /cannot record/);
});

test("the microphone is opened unasked only where that asks nobody anything", async () => {
  const answers = (state) => mayListen({ query: async () => ({ state }) });
  assert.deepEqual(await Promise.all(["granted", "prompt", "denied"].map(answers)), [true, false, false]);
  assert.equal(await mayListen(undefined), false);
  assert.equal(await mayListen({ query: () => Promise.reject(new TypeError("no such name")) }), false);
});
