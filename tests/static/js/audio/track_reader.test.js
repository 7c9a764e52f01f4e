import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { openTrackReader, readableSound } from "../../../../static/src/js/audio/track_reader.js";
import { Scope } from "../../../../static/src/js/lib/scope.js";

const TRACK = { kind: "audio" };
const STREAM = { getAudioTracks: () => [TRACK] };
const READABLE = { name: "the sound" };
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
});

afterEach(() => {
  delete globalThis.Worker;
});

async function opened() {
  const opening = openTrackReader(STREAM, READABLE, "/js/track_reader.js");
  worker.onmessage({ data: { ready: true } });
  return opening;
}

test("it works", async () => {
  const reader = await opened();
  reader.order("keep");
  assert.equal(worker.url, "/js/track_reader.js");
  assert.equal(worker.orders[0].readable, READABLE);
  assert.equal(worker.orders[1], "keep");
  assert.equal(reader.port, worker);
  assert.equal(reader.whole, STREAM);
  await reader.close();
  assert.ok(worker.isTerminated);
});

test("a reader that cannot be loaded is told apart from a browser that cannot record", async () => {
  const opening = openTrackReader(STREAM, READABLE, "/js/track_reader.js");
  worker.onerror(new Event("error"));
  await assert.rejects(opening, { name: "AbortError" });
  assert.ok(worker.isTerminated);
});

test("a server that does not send the reader is not waited for without end", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const opening = openTrackReader(STREAM, READABLE, "/js/track_reader.js");
  context.mock.timers.tick(15_000);
  await assert.rejects(opening, { name: "AbortError" });
  assert.ok(worker.isTerminated);
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

test("the sound of a track is read where the browser gives it out", () => {
  class MediaStreamTrackProcessor {
    constructor({ track }) {
      this.readable = { of: track };
    }
  }
  assert.equal(readableSound(STREAM, { MediaStreamTrackProcessor }).of, TRACK);
});

test("browsers that give nothing, or pictures only, are known", () => {
  class MediaStreamTrackProcessor {
    constructor() {
      throw new TypeError("Input track must be a video track.");
    }
  }
  assert.equal(readableSound(STREAM, {}), null);
  assert.equal(readableSound(STREAM, { MediaStreamTrackProcessor }), null);
});
