import assert from "node:assert/strict";
import { test } from "node:test";
import { sendRest } from "../../../../static/src/js/live/recovery.js";
import { newTake } from "../../../../static/src/js/live/take_entry.js";
import { MemoryStore, settle, TakeServer } from "./doubles.js";

const entry = (changes) => ({
  ...newTake({ id: "take-1", person: "7", title: "", source: "microphone", options: {}, startedAt: 1 }),
  ...changes,
});
const sound = Uint8Array.from({ length: 9_600 }, (_, n) => n % 251);

/** A store with 9600 bytes of a take of which the server has the first 3200. */
async function left(context, changes = {}) {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const store = new MemoryStore();
  const server = new TakeServer();
  const file = [...sound.subarray(0, 3_200)];
  server.takes.set("code", { code: "code", file, durable: 3_200, epoch: 1 });
  const take = entry({ recording: "code", token: "t", durable: 3_200, captured: 9_600, ...changes });
  await store.addSound(take, { offset: 0, bytes: sound, voiced: true });
  const edges = {
    makeSocket: server.makeSocket,
    now: () => 0,
    page: new EventTarget(),
    uploadCopy: async () => {},
    holdTake: async (scope, _, { onAsked }) => {
      edges.ask = onAsked;
      edges.scope = scope;
      return !edges.isElsewhere;
    },
  };
  const send = (more = {}) => sendRest(take, { store, socketUrl: "ws://server/ws/live", edges, ...more });
  return { store, server, file, edges, send };
}

async function delivered(server) {
  for (let n = 0; n < 3; n++) {
    await settle(5);
    server.open();
    server.deliver();
    if (server.socket?.readyState === 1) server.ack();
  }
}

test("it works", async (context) => {
  const { store, server, file, edges, send } = await left(context);
  const sent = send();
  await delivered(server);
  context.mock.timers.tick(0);
  const { where, capturedMs, stopped } = await sent;
  assert.deepEqual([where, capturedMs, stopped], ["server", 300, false]);
  assert.deepEqual(file, [...sound]);
  assert.equal((await store.list("7")).length, 1);
  assert.equal(edges.scope.closed, true);
});

test("finish ends the take and forgets it here", async (context) => {
  const { store, server, send } = await left(context);
  const sent = send({ finish: true });
  await delivered(server);
  const { where, stopped, url } = await sent;
  assert.deepEqual([where, stopped, url], ["server", true, "/t/code"]);
  assert.deepEqual(await store.list("7"), []);
});

test("a take that was stopped before the crash is ended", async (context) => {
  const { server, send } = await left(context, { stopWanted: true });
  const sent = send();
  await delivered(server);
  assert.equal((await sent).stopped, true);
});

test("what has arrived already opens no connection", async (context) => {
  const { server, send } = await left(context, { durable: 9_600 });
  assert.equal((await send()).where, "server");
  assert.equal(server.sockets.length, 0);
});

test("a server that does not say what it keeps for certain is believed after a while", async (context) => {
  const { server, file, store, send } = await left(context);
  file.push(...sound.subarray(3_200));
  const sent = send();
  await settle();
  server.open();
  await settle();
  context.mock.timers.tick(3_000);
  assert.equal((await sent).where, "server");
  assert.equal((await store.list("7"))[0].captured, 9_600);
});

test("without a connection everything stays here", async (context) => {
  const { server, store, send } = await left(context);
  const sent = send();
  await settle();
  server.break();
  const { where, reason } = await sent;
  assert.deepEqual([where, reason.code], ["browser", "offline"]);
  assert.equal((await store.list("7"))[0].captured, 9_600);
});

test("another tab that records it is left alone", async (context) => {
  const { server, edges, send } = await left(context);
  edges.isElsewhere = true;
  assert.equal((await send()).where, "elsewhere");
  assert.equal(server.sockets.length, 0);
});

test("a tab that asks for it gets it", async (context) => {
  const { edges, send } = await left(context);
  const sent = send();
  await settle();
  edges.ask();
  assert.equal((await sent).where, "elsewhere");
  assert.equal(edges.scope.closed, true);
});

test("a take that is not on the server any more is kept and said so", async (context) => {
  const { server, store, send } = await left(context);
  server.takes.clear();
  const sent = send();
  await settle();
  server.open();
  const { where, reason } = await sent;
  assert.deepEqual([where, reason.code], ["gone", "gone"]);
  assert.equal((await store.list("7")).length, 1);
});

test("marks alone are worth a connection", async (context) => {
  const { server, store, send } = await left(context, { durable: 9_600 });
  server.takes.get("code").file.push(...sound.subarray(3_200));
  await store.putMark("take-1", { key: "mark-1", at_ms: 5, note: "" });
  const sent = send();
  await delivered(server);
  context.mock.timers.tick(0);
  assert.equal((await sent).where, "server");
  assert.deepEqual(await store.marks("take-1"), []);
});
