import assert from "node:assert/strict";
import { test } from "node:test";
import {
  can,
  EVENTS,
  isCapturing,
  isRunning,
  next,
  STATES,
} from "../../../../static/src/js/live/take_state.js";

const after = (events) => events.reduce(next, "idle");

test("it works", () => {
  const whole = ["arm", "armed", "start", "pause", "resume", "lost", "back", "stop", "stopped"];
  const states = whole.map((_, index) => after(whole.slice(0, index + 1)));
  assert.deepEqual(states, [
    "arming",
    "arming",
    "recording",
    "paused",
    "recording",
    "reconnecting",
    "recording",
    "finishing",
    "done",
  ]);
});

/** Every state and every event: where it leads, "." where it means nothing. */
const TABLE = `
              arm     armed   start     pause   resume    lost         back      stop      stopped fail   reset
idle          arming  .       .         .       .         .            .         .         .       .      .
arming        arming  arming  recording .       .         .            .         .         .       failed idle
recording     .       .       .         paused  .         reconnecting recording finishing .       failed .
paused        paused  paused  .         .       recording paused       paused    finishing .       failed .
reconnecting  .       .       .         paused  .         reconnecting recording finishing .       failed .
finishing     .       .       .         .       .         finishing    finishing .         done    failed .
done          arming  .       .         .       .         .            .         .         .       .      idle
failed        arming  .       .         .       .         .            .         .         .       .      idle
`;

const [columns, ...rows] = TABLE.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));

test("the table knows every state and every event", () => {
  assert.deepEqual(columns, EVENTS);
  assert.deepEqual(
    rows.map(([state]) => state),
    STATES,
  );
});

for (const [state, ...targets] of rows) {
  for (const [index, target] of targets.entries()) {
    test(`${state} + ${columns[index]} -> ${target}`, () => {
      assert.equal(next(state, columns[index]), target === "." ? state : target);
      assert.equal(can(state, columns[index]), target !== ".");
    });
  }
}

test("a take runs from its start until it is done or has failed", () => {
  assert.deepEqual(STATES.filter(isRunning), ["recording", "paused", "reconnecting", "finishing"]);
  assert.deepEqual(STATES.filter(isCapturing), ["recording", "reconnecting"]);
});
