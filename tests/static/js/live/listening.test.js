import assert from "node:assert/strict";
import { test } from "node:test";
import { Listening } from "../../../../static/src/js/live/listening.js";
import { FakeCapture, settle } from "./doubles.js";

async function opened(context) {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const captures = [];
  const listening = new Listening({}, async () => {
    captures.push(new FakeCapture());
    return captures.at(-1);
  });
  const told = [];
  for (const type of ["frame", "kept", "lost"]) {
    listening.addEventListener(type, ({ detail }) => told.push([type, detail?.code ?? ""]));
  }
  await listening.open({});
  return { listening, captures, told };
}

test("it works", async (context) => {
  const { listening, captures, told } = await opened(context);
  captures[0].speak([1, 2]);
  listening.keep();
  captures[0].speak([1, 2]);
  await listening.hold();
  listening.keep();
  assert.deepEqual(told, [
    ["kept", ""],
    ["frame", ""],
  ]);
  await listening.close();
  assert.deepEqual([listening.isOpen, captures[0].isClosed], [false, true]);
});

test("a sound card that falls silent without a word is a lost microphone", async (context) => {
  const { listening, captures, told } = await opened(context);
  listening.keep();
  for (let second = 0; second < 20; second++) {
    context.mock.timers.tick(1_000);
    captures[0].speak([1, 2]);
  }
  assert.equal(listening.isOpen, true);
  context.mock.timers.tick(6_000);
  await settle();
  assert.deepEqual(told.at(-1), ["lost", "microphone_lost"]);
  assert.equal(listening.isOpen, false);
});

test("opening again lets go of what was open", async (context) => {
  const { listening, captures } = await opened(context);
  await listening.open({ deviceId: "other" });
  assert.deepEqual(
    captures.map(({ isClosed }) => isClosed),
    [true, false],
  );
});
