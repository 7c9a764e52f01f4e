import assert from "node:assert/strict";
import { test } from "node:test";
import {
  heldIn,
  labelOf,
  PEDAL_FILTERS,
  PedalLesson,
  PedalPlay,
  readingOf,
} from "../../../../static/src/js/editor/pedal.js";

const INFINITY = { vendorId: 0x05f3, productId: 0x00ff, productName: "VEC USB Footpedal" };
const UNKNOWN = { vendorId: 0x07b4, productId: 0x1234, productName: "" };
const NOTHING = { play: false, back: false, forward: false };

/** What the sound was asked to do, and a clock that is moved by hand. */
function ear() {
  const asked = [];
  const winding = new Set();
  const sound = {
    hold: () => asked.push("hold"),
    release: () => asked.push("release"),
    step: (ms) => asked.push(ms),
  };
  const every = (_ms, work) => {
    winding.add(work);
    return () => winding.delete(work);
  };
  return { asked, winding, play: new PedalPlay(sound, every) };
}

test("it works", () => {
  const reading = readingOf(INFINITY);
  assert.deepEqual(heldIn([2, 0], reading), { ...NOTHING, play: true });
  assert.deepEqual(heldIn([5, 0], reading), { play: false, back: true, forward: true });
  assert.deepEqual(heldIn([0, 0], reading), NOTHING);
  assert.deepEqual(heldIn([], reading), NOTHING);
  assert.equal(labelOf(INFINITY), "Infinity IN-USB-2");
});

test("pressed plays, let go pauses and steps back, once each", () => {
  const { asked, play } = ear();
  for (const held of [true, true, false, false]) play.take({ ...NOTHING, play: held });
  assert.deepEqual(asked, ["hold", "release"]);
});

test("the outer pedals wind as long as they are held", () => {
  const { asked, winding, play } = ear();
  play.take({ ...NOTHING, back: true });
  for (const work of winding) work();
  assert.deepEqual(asked, [-1000, -1000]);
  play.take({ ...NOTHING, forward: true });
  assert.equal(asked.at(-1), 1000);
  play.take({ ...NOTHING, forward: true, back: true });
  assert.equal(winding.size, 0);
});

test("an unplugged pedal is not held for ever", () => {
  const { asked, winding, play } = ear();
  play.take({ play: true, back: true, forward: false });
  play.letGo();
  assert.equal(asked.at(-1), "release");
  assert.equal(winding.size, 0);
});

test("a pedal nobody knows is learned by pressing", () => {
  assert.equal(readingOf(UNKNOWN), null);
  assert.equal(labelOf(UNKNOWN), "Foot pedal");
  const lesson = new PedalLesson();
  const told = [
    [0, 8],
    [0, 8],
    [0, 0],
    [0, 8],
    [0, 0],
    [0, 2],
    [0, 0],
    [0, 16],
    [0, 0],
  ].map((bytes) => lesson.take(bytes));
  assert.deepEqual(told.filter(Boolean), ["play", "back", "forward"]);
  assert.equal(lesson.wanted, null);
  const learned = { [`${0x07b4}:${0x1234}`]: lesson.reading };
  assert.deepEqual(heldIn([0, 18], readingOf(UNKNOWN, learned)), { play: false, back: true, forward: true });
});

test("bits that are always set teach nothing", () => {
  const lesson = new PedalLesson();
  const told = [
    [1, 64],
    [1, 66],
    [1, 64],
  ].map((bytes) => lesson.take(bytes));
  assert.deepEqual(told, [null, null, "play"]);
  assert.deepEqual(lesson.reading, { byte: 1, play: 2 });
});

test("the chooser of the browser offers pedals only", () => {
  assert.ok(PEDAL_FILTERS.every(({ vendorId }) => vendorId));
});
