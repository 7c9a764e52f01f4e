import assert from "node:assert/strict";
import { test } from "node:test";
import { CaptureError } from "../../../../static/src/js/audio/capture_error.js";
import { Recorder } from "../../../../static/src/js/live/recorder.js";
import { FakeCapture, MemoryStore, settle, TakeServer } from "./doubles.js";

function world(context, { store = new MemoryStore(), server = new TakeServer() } = {}) {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const captures = [];
  const refusals = [];
  const asked = [];
  const page = new EventTarget();
  const edges = {
    makeSocket: server.makeSocket,
    now: () => 0,
    random: () => 1,
    page,
    uploadCopy: async () => {},
    keepAwake: () => {},
    holdTake: async (_, id, { ask, onAsked }) => {
      asked.push({ id, ask, onAsked });
      return true;
    },
    openCapture: async () => {
      if (refusals.length) throw new CaptureError(refusals.shift());
      captures.push(new FakeCapture());
      return captures.at(-1);
    },
  };
  const recorder = new Recorder({
    socketUrl: "ws://server/ws/live",
    scripts: {},
    person: "7",
    store,
    edges,
  });
  const states = [];
  recorder.addEventListener("state", ({ detail }) => states.push([detail.state, detail.reason?.code ?? ""]));
  return { recorder, captures, refusals, asked, page, store, server, states };
}

const sound = (length) => Uint8Array.from({ length }, (_, n) => n % 251);

/** Armed, started, greeted. */
async function recording(made) {
  await made.recorder.arm({ source: "microphone" });
  await made.recorder.start({ title: "Tides", options: { language: "en" } });
  made.server.open();
  made.server.deliver();
  return made.captures.at(-1);
}

/** The server hears all and says that it keeps it. */
async function delivered({ server }) {
  for (let n = 0; n < 3; n++) {
    await settle(5);
    server.deliver();
    if (server.socket.readyState === 1) server.ack();
  }
}

const fileOf = ({ server }) => [...server.takes.values()][0].file;

test("it works", async (context) => {
  const made = world(context);
  const { recorder, store, server, states } = made;
  const clocks = [];
  const stopped = [];
  recorder.addEventListener("clock", ({ detail }) => clocks.push(detail.capturedMs));
  recorder.addEventListener("stopped", ({ detail }) => stopped.push(detail.url));
  const capture = await recording(made);
  capture.speak(sound(3_200));
  capture.speak(sound(3_200));
  capture.rest = sound(642);
  const ended = recorder.stop();
  await delivered(made);
  await ended;
  const whole = [...sound(3_200), ...sound(3_200), ...sound(642)];
  assert.deepEqual(fileOf(made), whole);
  assert.deepEqual(clocks, [0, 100, 200, 220]);
  assert.deepEqual(stopped, [`/t/${[...server.takes.keys()][0]}`]);
  assert.deepEqual(
    states.map(([state]) => state),
    ["arming", "arming", "recording", "finishing", "done"],
  );
  assert.equal(capture.isClosed, true);
  assert.equal(store.takes.size, 0);
  assert.equal(store.persisted, 1);
  assert.equal(recorder.mustStay, false);
});

test("what is said before the start is not recorded", async (context) => {
  const made = world(context);
  const levels = [];
  made.recorder.addEventListener("level", ({ detail }) => levels.push(detail));
  await made.recorder.arm({ source: "microphone" });
  made.captures[0].speak(sound(3_200));
  assert.equal(levels.length, 1);
  assert.equal(made.recorder.capturedMs, 0);
  await made.recorder.disarm();
  assert.equal(made.recorder.state, "idle");
  assert.equal(made.captures[0].isClosed, true);
});

test("a refused microphone is told, and trying again is possible", async (context) => {
  const { recorder, refusals, states } = world(context);
  refusals.push("microphone_refused");
  await recorder.arm({ source: "microphone" });
  assert.deepEqual(states.at(-1), ["failed", "microphone_refused"]);
  await recorder.arm({ source: "microphone" });
  assert.deepEqual(states.at(-1), ["arming", ""]);
  assert.equal(recorder.isArmed, true);
});

test("of two choices in a row the later one is opened", async (context) => {
  const { recorder, captures } = world(context);
  await Promise.all([recorder.arm({ deviceId: "one" }), recorder.arm({ deviceId: "two" })]);
  assert.deepEqual(
    captures.map(({ isClosed }) => isClosed),
    [true, false],
  );
});

test("start without a microphone does nothing", async (context) => {
  const { recorder, server } = world(context);
  await recorder.start();
  assert.deepEqual([recorder.state, server.sockets.length], ["idle", 0]);
});

test("pause keeps the end of the word, and nothing until resume", async (context) => {
  const made = world(context);
  const capture = await recording(made);
  capture.rest = sound(100);
  await made.recorder.pause();
  capture.speak(sound(3_200));
  assert.equal(made.recorder.capturedMs, 3);
  await made.recorder.resume();
  capture.speak(sound(3_200));
  await delivered(made);
  assert.equal(fileOf(made).length, 3_300);
  const told = made.server.heard.map(({ type, at }) => [type, at]).slice(1);
  assert.deepEqual(told, [
    ["pause", 100],
    ["resume", 100],
  ]);
});

test("a lost microphone pauses; another one goes on", async (context) => {
  const made = world(context);
  const capture = await recording(made);
  capture.speak(sound(3_200));
  const { code, message } = new CaptureError("microphone_lost");
  capture.tell("lost", { code, message });
  await settle();
  assert.deepEqual(made.states.at(-1), ["paused", "microphone_lost"]);
  await made.recorder.arm({ source: "microphone", deviceId: "another" });
  await made.recorder.resume();
  made.captures[1].speak(sound(3_200));
  assert.deepEqual([made.recorder.state, made.recorder.capturedMs], ["recording", 200]);
  assert.equal(made.recorder.take.copy.openings, 2);
});

test("another microphone that does not open leaves the take paused", async (context) => {
  const made = world(context);
  await recording(made);
  await made.recorder.pause();
  made.refusals.push("microphone_busy");
  await made.recorder.arm({ deviceId: "busy" });
  assert.deepEqual(made.states.at(-1), ["paused", "microphone_busy"]);
});

test("without a connection it goes on recording", async (context) => {
  const made = world(context);
  const capture = await recording(made);
  made.server.break();
  assert.deepEqual(made.states.at(-1), ["reconnecting", "offline"]);
  capture.speak(sound(3_200));
  assert.equal(made.recorder.capturedMs, 100);
  made.page.dispatchEvent(new Event("online"));
  made.server.open();
  assert.deepEqual(made.states.at(-1), ["recording", ""]);
  await delivered(made);
  assert.equal(fileOf(made).length, 3_200);
});

test("leaving the page asks first while a take runs", async (context) => {
  const made = world(context);
  const asks = () => !made.page.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  assert.equal(asks(), false);
  await recording(made);
  assert.equal(asks(), true);
});

test("marks stand at the moment they were made", async (context) => {
  const made = world(context);
  assert.equal(made.recorder.mark(), null);
  const capture = await recording(made);
  capture.speak(sound(3_200));
  const key = made.recorder.mark("listen");
  made.recorder.noteMark(key, "listen again");
  made.server.deliver();
  const marks = made.server.heard.filter(({ type }) => type === "mark");
  assert.deepEqual(
    marks.map((mark) => [mark.key, mark.at_ms, mark.note]),
    [
      [key, 100, "listen"],
      [key, 100, "listen again"],
    ],
  );
});

test("a take of an earlier visit goes on where it ended", async (context) => {
  const before = world(context);
  const capture = await recording(before);
  capture.speak(sound(3_200));
  capture.speak(sound(3_200));
  await before.recorder.pause();
  const [entry] = await before.store.list("7");
  context.mock.timers.reset();
  const after = world(context, { store: before.store, server: before.server });
  await after.recorder.arm({ source: "microphone" });
  await after.recorder.continueTake(entry);
  assert.equal(after.recorder.capturedMs, 200);
  assert.equal(after.asked[0].ask, true);
  after.server.open();
  after.captures[0].speak(sound(100));
  await delivered(after);
  assert.deepEqual(fileOf(after), [...sound(3_200), ...sound(3_200), ...sound(100)]);
});

test("another tab gets the take with everything in it, and it can be had back", async (context) => {
  const made = world(context);
  const capture = await recording(made);
  capture.rest = sound(100);
  made.asked[0].onAsked();
  await settle();
  assert.deepEqual(made.states.at(-1), ["paused", "taken_over"]);
  assert.equal((await made.store.list("7"))[0].captured, 100);
  await made.recorder.resume();
  assert.equal(made.recorder.state, "paused");
  const back = made.recorder.takeOver();
  await settle();
  made.server.open();
  await back;
  capture.speak(sound(3_200));
  assert.deepEqual([made.recorder.state, made.recorder.capturedMs], ["recording", 103]);
});

test("a newer socket elsewhere pauses; stopping here leaves that one alone", async (context) => {
  const made = world(context);
  await recording(made);
  made.server.break(4001);
  await settle();
  assert.deepEqual(made.states.at(-1), ["paused", "taken_over"]);
  await made.recorder.stop();
  assert.deepEqual(made.states.at(-1), ["failed", "taken_over"]);
  assert.equal(made.server.sockets.length, 1);
});

test("a stop that the server can never hear of fails and keeps everything", async (context) => {
  const made = world(context);
  const capture = await recording(made);
  capture.speak(sound(3_200));
  made.server.break(4403);
  assert.deepEqual(made.states.at(-1), ["reconnecting", "not_allowed"]);
  await made.recorder.stop();
  assert.deepEqual(made.states.at(-1), ["failed", "not_allowed"]);
  assert.equal((await made.store.list("7"))[0].captured, 3_200);
});
