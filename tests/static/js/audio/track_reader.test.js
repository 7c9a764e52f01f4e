import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { canReadTracks, openTrackReader } from "../../../../static/src/js/audio/track_reader.js";
import { Scope } from "../../../../static/src/js/lib/scope.js";

const TRACK = { kind: "audio" };
const STREAM = { getAudioTracks: () => [TRACK] };
let worker;

class FakeWorker {
  orders = [];
  isTerminated = false;

  constructor(url, options) {
    Object.assign(this, { url, options });
    worker = this;
  }

  postMessage(order) {
    this.orders.push(order);
  }

  terminate() {
    this.isTerminated = true;
  }
}

beforeEach(() => {
  globalThis.Worker = FakeWorker;
  globalThis.MediaStreamTrackProcessor = class {
    constructor(options) {
      this.readable = { of: options };
    }
  };
});

afterEach(() => {
  delete globalThis.Worker;
  delete globalThis.MediaStreamTrackProcessor;
});

async function opened() {
  const opening = openTrackReader(STREAM, "/js/track_reader.js");
  worker.onmessage({ data: { ready: true } });
  return opening;
}

test("it works", async () => {
  const reader = await opened();
  reader.order("keep");
  assert.equal(worker.url, "/js/track_reader.js");
  assert.equal(worker.orders[0].readable.of.track, TRACK);
  assert.equal(worker.orders[1], "keep");
  assert.equal(reader.port, worker);
  assert.equal(reader.whole, STREAM);
  await reader.close();
  assert.ok(worker.isTerminated);
});

test("a reader that cannot be loaded is told apart from a browser that cannot record", async () => {
  const opening = openTrackReader(STREAM, "/js/track_reader.js");
  worker.onerror(new Event("error"));
  await assert.rejects(opening, { name: "AbortError" });
});

test("a reader that breaks is told", async () => {
  const reader = await opened();
  let broken = 0;
  reader.guard(new Scope(), () => {
    broken += 1;
  });
  worker.onerror(new Event("error"));
  assert.equal(broken, 1);
});

test("browsers without it are known", () => {
  assert.ok(canReadTracks({ MediaStreamTrackProcessor: class {} }));
  assert.ok(!canReadTracks({}));
});
