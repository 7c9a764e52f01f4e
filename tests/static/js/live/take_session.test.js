import assert from "node:assert/strict";
import { test } from "node:test";
import { newTake } from "../../../../static/src/js/live/take_entry.js";
import { TakeSession } from "../../../../static/src/js/live/take_session.js";
import { MemoryStore, settle, TakeServer } from "./doubles.js";

const SOCKET_URL = "ws://server/ws/live";

function world(context) {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const clock = { ms: 0 };
  const server = new TakeServer();
  const store = new MemoryStore();
  const uploads = [];
  const edges = {
    makeSocket: server.makeSocket,
    now: () => clock.ms,
    random: () => 1,
    page: new EventTarget(),
    uploadCopy: async (_, take) => uploads.push(take.id),
  };
  const wait = async (ms) => {
    for (let done = 0; done < ms; done += 250) {
      clock.ms += 250;
      context.mock.timers.tick(250);
      await settle(3);
    }
  };
  const open = (take) => {
    const session = new TakeSession(take, { store, socketUrl: SOCKET_URL, edges });
    const told = [];
    for (const type of ["lost", "notice", "refused", "hello", "marked"]) {
      session.addEventListener(type, ({ detail }) => told.push([type, detail.code ?? detail.key ?? ""]));
    }
    context.after(() => session.close());
    return { session, told };
  };
  return { server, store, uploads, edges, wait, open, clock };
}

const take = (changes = {}) => ({
  ...newTake({ id: "take-1", person: "7", title: "Tides", source: "microphone", options: {}, startedAt: 1 }),
  ...changes,
});

const sound = (length, first = 1) => Uint8Array.from({ length }, (_, n) => (first * 31 + n * 7) % 256);

/** Write `count` frames of 100 ms and answer them joined. */
function speak(session, count, first = 1) {
  const frames = Array.from({ length: count }, (_, n) => sound(3_200, first + n));
  for (const frame of frames) session.write(frame.slice().buffer, true);
  return frames.flatMap((frame) => [...frame]);
}

/** Compared as buffers: a minute of sound is two million numbers. */
function sameBytes(found, wanted) {
  assert.equal(found.length, wanted.length);
  assert.ok(Buffer.from(found).equals(Buffer.from(wanted)), "the bytes differ");
}

const fileOf = (server) => [...server.takes.values()][0].file;

test("it works", async (context) => {
  const { server, store, open } = world(context);
  const { session, told } = open(take());
  await session.open();
  server.open();
  server.deliver();
  const said = speak(session, 5);
  await settle();
  assert.equal((await store.get("take-1")).captured, 16_000);
  server.deliver();
  server.ack();
  const ended = session.stop();
  await settle();
  server.deliver();
  assert.deepEqual(await ended, { transcript: "code-take-1", url: "/t/code-take-1" });
  sameBytes(fileOf(server), said);
  assert.equal(store.takes.size + store.frames.size, 0);
  assert.deepEqual(told, [["hello", ""]]);
  assert.deepEqual(
    server.heard.map(({ type }) => type),
    ["start", "stop"],
  );
});

test("a minute without a network just works", async (context) => {
  const { server, store, wait, open } = world(context);
  const { session, told } = open(take());
  await session.open();
  server.open();
  server.deliver();
  let said = speak(session, 10);
  await settle();
  for (let second = 0; second < 60; second++) {
    await wait(1_000);
    said = said.concat(speak(session, 10, second));
  }
  assert.deepEqual(told.slice(0, 2), [
    ["hello", ""],
    ["lost", "offline"],
  ]);
  assert.equal(session.safety.where, "browser");
  await session.writer.flush();
  assert.equal((await store.get("take-1")).captured, said.length);
  session.link.retryNow();
  server.open();
  server.deliver();
  for (let n = 0; n < 10; n++) {
    await settle();
    server.deliver();
    server.ack();
  }
  sameBytes(fileOf(server), said);
  assert.deepEqual([session.safety.where, session.hasUnsent], ["server", false]);
});

test("sound is captured and kept before there is any connection", async (context) => {
  const { server, open } = world(context);
  const { session } = open(take());
  const said = speak(session, 3);
  await session.open();
  server.open();
  server.deliver();
  await settle();
  server.deliver();
  sameBytes(fileOf(server), said);
});

test("pause and resume arrive between the bytes they were said between", async (context) => {
  const { server, open } = world(context);
  const { session } = open(take());
  await session.open();
  speak(session, 2);
  await session.setPaused(true);
  await session.setPaused(false);
  speak(session, 1);
  server.open();
  server.deliver();
  await settle();
  server.deliver();
  const heard = server.heard.map(({ type, at }) => [type, at]);
  assert.deepEqual(heard.slice(1), [
    ["pause", 6_400],
    ["resume", 6_400],
  ]);
  server.break();
  server.heard = [];
  session.link.retryNow();
  server.open();
  await settle();
  server.deliver();
  assert.deepEqual(
    server.heard.map(({ type }) => type),
    ["resume"],
  );
});

test("stop waits for every byte, and is asked again on the next connection", async (context) => {
  const { server, wait, open } = world(context);
  const { session } = open(take());
  await session.open();
  server.open();
  server.deliver();
  speak(session, 4);
  const ended = session.stop();
  await settle();
  server.deliver();
  assert.deepEqual(
    server.heard.map(({ type }) => type),
    ["start"],
  );
  server.ack(0);
  await settle();
  server.break();
  await wait(1_000);
  server.open();
  await settle();
  server.deliver();
  assert.equal((await ended).url, "/t/code-take-1");
});

test("marks are told again until the server has them", async (context) => {
  const { server, store, wait, open } = world(context);
  const { session, told } = open(take());
  await session.open();
  session.marks.put({ key: "mark-1", at_ms: 100, note: "" });
  server.open();
  server.deliver();
  await settle();
  server.break();
  session.marks.note("mark-1", "the moon");
  await wait(1_000);
  server.open();
  await settle();
  server.deliver();
  await settle();
  const marks = server.heard.filter(({ type }) => type === "mark");
  assert.deepEqual(
    marks.map(({ note, at_ms }) => [note, at_ms]),
    [["the moon", 100]],
  );
  assert.deepEqual(told.at(-1), ["marked", "mark-1"]);
  assert.deepEqual(await store.marks("take-1"), []);
});

test("a full browser is told once, and the take goes on to the server", async (context) => {
  const { server, store, wait, open } = world(context);
  store.isFull = true;
  const { session, told } = open(take());
  await session.open();
  server.open();
  server.deliver();
  const said = speak(session, 400);
  await wait(6_000);
  speak(session, 3).forEach((byte) => {
    said.push(byte);
  });
  for (let n = 0; n < 10; n++) {
    await settle();
    server.deliver();
    server.ack();
  }
  assert.deepEqual(
    told.filter(([type]) => type === "notice"),
    [["notice", "storage_full"]],
  );
  assert.equal(session.safety.isKept, false);
  sameBytes(fileOf(server), said);
});

test("a signed-out recorder keeps everything and tries again", async (context) => {
  const { server, wait, open } = world(context);
  const { session, told } = open(take());
  await session.open();
  server.refuses = 4401;
  server.open();
  assert.deepEqual(told, [["lost", "sign_in"]]);
  const said = speak(session, 3);
  server.refuses = null;
  await wait(10_500);
  server.open();
  server.deliver();
  await settle();
  server.deliver();
  sameBytes(fileOf(server), said);
});

for (const [code, reason] of [
  [4001, "taken_over"],
  [4403, "not_allowed"],
]) {
  test(`${code}: it does not connect again by itself, and stop says why`, async (context) => {
    const { server, store, wait, open } = world(context);
    const { session, told } = open(take());
    await session.open();
    server.open();
    server.deliver();
    speak(session, 3);
    await settle();
    server.break(code);
    await wait(30_000);
    assert.equal(server.sockets.length, 1);
    assert.deepEqual(told.at(-1), ["lost", reason]);
    await assert.rejects(session.stop(), { code: reason });
    assert.equal((await store.get("take-1")).captured, 9_600);
  });
}

test("a take that is no longer on the server is kept here", async (context) => {
  const { server, store, open } = world(context);
  const { session, told } = open(take({ recording: "gone", token: "t" }));
  speak(session, 3);
  await session.open();
  server.open();
  await settle();
  assert.deepEqual(told, [["lost", "gone"]]);
  assert.equal((await store.get("take-1")).captured, 9_600);
});

test("a server that restarts is asked at once", async (context) => {
  const { server, open } = world(context);
  const { session } = open(take());
  await session.open();
  server.open();
  server.deliver();
  server.break(4012);
  assert.equal(server.sockets.length, 2);
  assert.match(server.socket.url.search, /recording=code-take-1&token=token-code-take-1/);
  assert.equal(session.link.isOpen, false);
});

test("settings that the server refuses are left out, not the recording", async (context) => {
  const { server, wait, open } = world(context);
  const { session, told } = open(take({ options: { live_model: "unheard-of" } }));
  server.answersStart = (socket) => {
    socket.tell({ type: "error", code: "model_unknown", message: "There is no such model." });
    server.break(4400);
  };
  await session.open();
  server.open();
  server.deliver();
  assert.deepEqual(told, [
    ["notice", "model_unknown"],
    ["lost", "refused"],
  ]);
  server.answersStart = null;
  await wait(1_000);
  server.open();
  server.deliver();
  assert.deepEqual(server.heard.at(-1).options, {});
  assert.deepEqual(told.at(-1), ["hello", ""]);
});

test("a start that is refused without settings too ends the attempt and keeps what was said", async (context) => {
  const { server, store, wait, open } = world(context);
  const { session, told } = open(take());
  server.answersStart = (socket) => socket.tell({ type: "error", code: "no", message: "No." });
  await session.open();
  speak(session, 3);
  server.open();
  server.deliver();
  await wait(1_000);
  assert.deepEqual(told, [["refused", "no"]]);
  assert.equal((await store.get("take-1")).captured, 9_600);
});

test("what is nowhere any more becomes silence of the same length, and the copy goes first", async (context) => {
  const { server, store, uploads, open } = world(context);
  server.takes.set("code", { code: "code", file: [1, 2], durable: 2, epoch: 3 });
  const copy = { openings: 1, slices: 4, isBroken: false };
  const left = take({ recording: "code", token: "t", captured: 6_400, durable: 3_200, copy });
  await store.addSound(left, { offset: 3_200, bytes: sound(3_200), voiced: true });
  const { session } = open(left);
  const ended = session.stop();
  await session.open();
  server.open();
  for (let n = 0; n < 4; n++) {
    await settle();
    server.deliver();
    if (server.socket.readyState === 1) server.ack();
  }
  await ended;
  const file = fileOf(server);
  assert.deepEqual(file.slice(0, 2), [1, 2]);
  assert.ok(file.slice(2, 3_200).every((byte) => byte === 0));
  assert.deepEqual(file.slice(3_200), [...sound(3_200)]);
  assert.deepEqual(uploads, ["take-1"]);
});

/** Numbers that look random and are the same in every run. */
function dice(seed) {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

test("sockets and pages die at random: the server ends with exactly what was captured", async (context) => {
  const { server, store, open, wait } = world(context);
  const roll = dice(7);
  let { session } = open(take());
  let said = [];
  await session.open();
  const restart = async () => {
    await session.close();
    session = open(await store.get("take-1")).session;
    assert.equal(session.outbox.captured, said.length);
    await session.open();
  };
  const steps = [
    () => server.open(),
    () => server.deliver(),
    () => server.deliver(1 + roll(4)),
    () => server.socket.take && server.ack(roll(said.length + 1)),
    () => roll(4) || server.break([1006, 4012, 4500, 1006][roll(4)]),
    () => wait(250 * (1 + roll(8))),
    () => roll(6) || restart(),
    () => {
      said = said.concat(speak(session, 1 + roll(20), roll(200)));
    },
  ];
  for (let n = 0; n < 400; n++) {
    await steps[roll(steps.length)]();
    await settle(2);
  }
  const ended = session.stop();
  for (let n = 0; n < 200 && store.takes.size; n++) {
    await wait(1_000);
    server.open();
    server.deliver();
    if (server.socket.take && server.socket.readyState === 1) server.ack();
    await settle();
    server.deliver();
  }
  await ended;
  assert.ok(server.sockets.length >= 10);
  sameBytes(fileOf(server), said);
});
