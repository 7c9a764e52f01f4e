import assert from "node:assert/strict";
import { test } from "node:test";
import { TakeWriter } from "../../../../static/src/js/live/take_writer.js";
import { MemoryStore, settle } from "./doubles.js";

function world(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const clock = { ms: 0 };
  const store = new MemoryStore();
  const told = { stored: [], failed: 0 };
  const take = { id: "take-1", person: "7", durable: 0, stopped: false };
  const writer = new TakeWriter({
    store,
    take,
    onStored: (offset) => told.stored.push(offset),
    onFailed: () => {
      told.failed += 1;
    },
    now: () => clock.ms,
  });
  let end = 0;
  const add = (count) => {
    for (let n = 0; n < count; n++) {
      writer.add({ offset: end, bytes: new Uint8Array(3_200).fill(end / 3_200), voiced: n === 0 });
      end += 3_200;
    }
  };
  const pieces = () => (store.frames.get("take-1") ?? []).map(({ offset, bytes }) => [offset, bytes.length]);
  return { writer, store, told, add, pieces, clock };
}

test("it works", async (context) => {
  const { told, add, pieces, store } = world(context);
  add(3);
  await settle();
  assert.deepEqual(pieces(), [[0, 9_600]]);
  assert.deepEqual(told.stored, [9_600]);
  assert.equal((await store.get("take-1")).captured, 9_600);
  const [{ bytes, voiced }] = store.frames.get("take-1");
  assert.deepEqual([bytes[0], bytes[3_200], bytes[6_400], voiced], [0, 1, 2, true]);
});

test("a single frame waits a quarter of a second at most", async (context) => {
  const { add, pieces } = world(context);
  add(1);
  await settle();
  assert.deepEqual(pieces(), []);
  context.mock.timers.tick(250);
  await settle();
  assert.deepEqual(pieces(), [[0, 3_200]]);
});

test("what could not be written is written first when there is room again", async (context) => {
  const { store, told, add, pieces, clock, writer } = world(context);
  store.isFull = true;
  add(3);
  await settle();
  add(3);
  await settle();
  assert.deepEqual([told.failed, writer.isFailing], [1, true]);
  store.isFull = false;
  clock.ms += 5_000;
  add(1);
  await settle();
  assert.deepEqual(pieces(), [[0, 22_400]]);
  assert.equal(writer.isFailing, false);
});

test("what the server keeps for certain need not be written", async (context) => {
  const { store, add, pieces, writer } = world(context);
  store.isFull = true;
  add(4);
  await settle();
  await writer.durable(6_400);
  store.isFull = false;
  assert.equal(await writer.flush(), true);
  assert.deepEqual(pieces(), [[6_400, 6_400]]);
});

test("what is durable leaves the database now and then", async (context) => {
  const { add, pieces, writer } = world(context);
  add(24);
  await settle();
  await writer.durable(40_000);
  assert.deepEqual(pieces()[0], [0, 9_600]);
  await writer.durable(70_000);
  assert.ok(pieces()[0][0] + pieces()[0][1] > 70_000);
});

test("a flush says whether everything is in the database", async (context) => {
  const { store, add, writer } = world(context);
  add(1);
  store.isFull = true;
  assert.equal(await writer.flush(), false);
  store.isFull = false;
  assert.equal(await writer.flush(), true);
});
