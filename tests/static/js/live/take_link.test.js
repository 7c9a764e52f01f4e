import assert from "node:assert/strict";
import { test } from "node:test";
import { socketAddress, TakeLink } from "../../../../static/src/js/live/take_link.js";
import { TakeServer } from "./doubles.js";

function world(context) {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const clock = { ms: 0 };
  const server = new TakeServer();
  const page = new EventTarget();
  const lost = [];
  const handlers = {
    address: () => "ws://server/ws/live?recording=code&token=t",
    onOpen: () => {},
    onMessage: () => {},
    onLost: ({ code }) => lost.push(code),
  };
  const edges = { makeSocket: server.makeSocket, now: () => clock.ms, random: () => 1, page };
  const link = new TakeLink(handlers, edges);
  server.takes.set("code", { code: "code", file: [], durable: 0, epoch: 0 });
  const wait = (ms) => {
    clock.ms += ms;
    link.check();
  };
  return { link, server, page, lost, wait, clock };
}

test("it works", (context) => {
  const { link, server } = world(context);
  link.open();
  assert.equal(link.isOpen, false);
  server.open();
  assert.equal(link.isOpen, true);
  assert.equal(link.send({ type: "pause" }), true);
  assert.deepEqual(server.socket.inbox, ['{"type":"pause"}']);
  link.close();
  assert.equal(link.send({ type: "pause" }), false);
});

test("six seconds without an ack while bytes are out: another connection", (context) => {
  const { link, server, lost, wait } = world(context);
  link.open();
  server.open();
  link.awaitsAck(true);
  wait(5_000);
  link.awaitsAck(true, { heard: true });
  wait(5_900);
  assert.deepEqual(lost, []);
  wait(200);
  assert.deepEqual(lost, ["offline"]);
  wait(500);
  assert.equal(server.sockets.length, 2);
});

test("nobody waits for an ack when nothing is out", (context) => {
  const { link, server, lost, wait } = world(context);
  link.open();
  server.open();
  link.awaitsAck(true);
  link.awaitsAck(false, { heard: true });
  wait(60_000);
  assert.deepEqual(lost, []);
});

test("a server that never greets is left", (context) => {
  const { link, lost, wait } = world(context);
  link.open();
  wait(10_100);
  assert.deepEqual(lost, ["offline"]);
});

test("attempts come more and more slowly until one lasts", (context) => {
  const { link, server, wait } = world(context);
  link.open();
  const attempts = [];
  for (let ms = 0; ms < 40_000; ms += 500) {
    if (server.socket.readyState === 0) {
      server.break();
      attempts.push(ms);
    }
    wait(500);
  }
  assert.deepEqual(attempts, [0, 500, 1_500, 3_500, 7_500, 15_500, 30_500]);
  while (server.socket.readyState !== 0) wait(500);
  server.open();
  wait(6_000);
  server.break();
  wait(500);
  assert.equal(server.socket.readyState, 0);
});

test("a network that comes back is used at once", (context) => {
  const { link, server, page, wait } = world(context);
  link.open();
  for (let n = 0; n < 6; n++) {
    server.break();
    wait(15_000);
  }
  server.break();
  const before = server.sockets.length;
  page.dispatchEvent(new Event("online"));
  assert.equal(server.sockets.length, before + 1);
});

test("an abandoned connection is not listened to any more", (context) => {
  const { link, server, lost } = world(context);
  link.open();
  server.open();
  const { socket } = server;
  link.drop();
  socket.end(4404);
  assert.deepEqual(lost, ["offline"]);
});

test("the address is a path of this site, another server, or one of a known take", () => {
  const named = { recording: "a b", token: "t" };
  assert.equal(socketAddress("https://host/ws/live", {}), "wss://host/ws/live");
  assert.equal(socketAddress("ws://host:1/ws/live", named), "ws://host:1/ws/live?recording=a+b&token=t");
});
