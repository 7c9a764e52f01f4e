import assert from "node:assert/strict";
import { test } from "node:test";
import { PageSocket, reconnectDelayMs, socketUrl } from "../../../../static/src/js/watch/page_socket.js";

class FakeSocket extends EventTarget {
  sent = [];

  say(message) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(message) }));
  }

  send(data) {
    this.sent.push(JSON.parse(data));
  }

  drop(code) {
    this.isLost = true;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }

  close() {
    this.closed = true;
  }
}

/** A socket whose timers are run by hand. */
function line() {
  const log = { heard: [], changes: [], delays: [], sockets: [] };
  let next = null;
  const made = new PageSocket({
    url: "ws://here/ws",
    wait: (ms, work) => {
      if (log.sockets.at(-1).isLost) log.delays.push(ms);
      next = work;
      return () => {
        next = null;
      };
    },
    open: () => {
      log.sockets.push(new FakeSocket());
      return log.sockets.at(-1);
    },
    random: () => 1,
  });
  made.listen({
    hear: (message) => log.heard.push(message),
    change: (...change) => log.changes.push(change),
  });
  made.start();
  return { made, log, run: () => next?.(), newest: () => log.sockets.at(-1), isWaiting: () => next !== null };
}

const HELLO = { type: "hello", version: 1, live: true };

test("it works", () => {
  const { made, log, newest } = line();
  assert.equal(made.connected, false);
  newest().say(HELLO);
  newest().say({ type: "caption", text: "a" });
  assert.equal(made.connected, true);
  assert.deepEqual(log.changes, [[true]]);
  assert.deepEqual(
    log.heard.map(({ type }) => type),
    ["hello", "caption"],
  );
});

test("a lost line is taken up again, slower each time", () => {
  const { made, log, run, newest } = line();
  for (let turn = 0; turn < 8; turn += 1) {
    newest().drop(1006);
    run();
  }
  assert.deepEqual(log.delays, [500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  assert.equal(made.connected, false);
  newest().say(HELLO);
  newest().drop(1006);
  assert.equal(log.delays.at(-1), 500);
});

test("after a restart of the server it comes back at once", () => {
  const { log, newest } = line();
  newest().say(HELLO);
  newest().drop(4012);
  assert.deepEqual(log.delays, [0]);
  assert.equal(reconnectDelayMs(4012, 2, 1), 1000);
});

for (const code of [4401, 4403, 4404]) {
  test(`${code} is final`, () => {
    const { made, log, newest, isWaiting } = line();
    newest().say(HELLO);
    newest().drop(code);
    made.start();
    assert.equal(isWaiting(), false);
    assert.equal(log.sockets.length, 1);
    assert.deepEqual(log.changes.at(-1), [false, code]);
  });
}

test("it can be renewed, and hears nothing more of the old line", () => {
  const { made, log, run, newest } = line();
  const old = newest();
  old.say(HELLO);
  made.renew();
  run();
  assert.equal(old.closed, true);
  assert.equal(log.sockets.length, 2);
  old.say({ type: "caption", text: "late" });
  old.drop(1006);
  assert.equal(log.heard.length, 1);
  newest().say(HELLO);
  assert.equal(made.connected, true);
});

test("while it waits, renewing tries at once", () => {
  const { made, log, newest } = line();
  newest().drop(1006);
  made.renew();
  assert.equal(log.sockets.length, 2);
});

test("a closed one stays closed", () => {
  const { made, log, newest } = line();
  made.close();
  newest().drop(1000);
  made.start();
  assert.equal(log.sockets.length, 1);
  assert.deepEqual(log.changes, []);
});

test("what is said while there is no line is not taken", () => {
  const { made, newest } = line();
  assert.equal(made.send({ type: "pull", v: 1 }), false);
  newest().say(HELLO);
  assert.equal(made.send({ type: "pull", v: 1 }), true);
  newest().drop(1006);
  assert.equal(made.send({ type: "pull", v: 2 }), false);
  assert.deepEqual(newest().sent, [{ type: "pull", v: 1 }]);
});

test("a silent line is asked whether it lives", () => {
  const { log, run, newest } = line();
  newest().say(HELLO);
  run();
  assert.deepEqual(newest().sent, [{ type: "ping" }]);
  newest().say({ type: "pong" });
  run();
  assert.equal(newest().sent.length, 2);
  assert.equal(log.sockets.length, 1);
});

test("a line that does not answer is left", () => {
  const { made, log, run, newest } = line();
  newest().say(HELLO);
  run();
  run();
  assert.equal(made.connected, false);
  assert.equal(newest().closed, true);
  assert.deepEqual(log.changes.at(-1), [false, 0]);
  run();
  assert.equal(log.sockets.length, 2);
});

test("a server that never greets is left", () => {
  const { log, run, newest } = line();
  run();
  assert.equal(newest().closed, true);
  run();
  assert.equal(log.sockets.length, 2);
});

test("everybody who listens hears it, until they leave", () => {
  const { made, newest } = line();
  const heard = [];
  const leave = made.listen({ hear: ({ type }) => heard.push(type), change: () => {} });
  newest().say(HELLO);
  leave();
  newest().say({ type: "changed" });
  assert.deepEqual(heard, ["hello"]);
});

test("its address has the security of the page", () => {
  assert.equal(
    socketUrl("/ws/x", { protocol: "https:", host: "vox.example.org" }),
    "wss://vox.example.org/ws/x",
  );
  assert.equal(socketUrl("/ws/x", { protocol: "http:", host: "localhost:8000" }), "ws://localhost:8000/ws/x");
});
