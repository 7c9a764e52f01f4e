import assert from "node:assert/strict";
import { test } from "node:test";
import { PeaksSource } from "../../../../static/src/js/audio/peaks_source.js";

/** 100 s of peaks at a rate, in the format of audiowaveform. */
function file(pixelsPerSecond) {
  const length = 100 * pixelsPerSecond;
  const buffer = new ArrayBuffer(24 + 2 * length);
  const view = new DataView(buffer);
  [2, 1, 16_000, 16_000 / pixelsPerSecond, length, 1].forEach((value, index) => {
    view.setInt32(4 * index, value, true);
  });
  return buffer;
}

function server({ ranges = true } = {}) {
  const asked = [];
  const request = async (url, { headers = {} }) => {
    asked.push([url, headers.Range]);
    const whole = file(url.includes("fine") ? 50 : 10);
    if (!headers.Range || !ranges) return new Response(whole, { status: 200 });
    const [from, to] = headers.Range.slice(6).split("-").map(Number);
    return new Response(whole.slice(from, to + 1), { status: 206 });
  };
  return { asked, request };
}

test("it works", async () => {
  const { asked, request } = server();
  const source = new PeaksSource("/peaks", true, request);
  assert.equal(source.best(0, 1_000), null);
  await source.loadOverview();
  assert.ok(!source.needsFine(0, 100_000, 1_000));
  assert.ok(source.needsFine(20_000, 30_000, 1_000));
  assert.ok(await source.loadFine(20_000, 30_000));
  assert.equal(source.best(20_000, 30_000).pixelsPerSecond, 50);
  assert.equal(source.best(0, 100_000).pixelsPerSecond, 10);
  assert.deepEqual(asked, [
    ["/peaks", undefined],
    ["/peaks?fine=1", "bytes=0-23"],
    ["/peaks?fine=1", "bytes=1024-4025"],
  ]);
});

test("a server without ranges sends the whole file, which serves as well", async () => {
  const source = new PeaksSource("/peaks", true, server({ ranges: false }).request);
  await source.loadOverview();
  assert.ok(await source.loadFine(20_000, 30_000));
  assert.ok(source.best(0, 99_000).pixelsPerSecond === 50);
});

test("only the span asked for last is kept", async () => {
  const source = new PeaksSource("/peaks", true, server().request);
  await source.loadOverview();
  const came = await Promise.all([source.loadFine(0, 5_000), source.loadFine(50_000, 60_000)]);
  assert.deepEqual(came, [false, true]);
});

test("without a fine file nobody asks for it", async () => {
  const source = new PeaksSource("/peaks", false, server().request);
  await source.loadOverview();
  assert.ok(!source.needsFine(0, 100, 1_000));
});
