import assert from "node:assert/strict";
import { test } from "node:test";
import { Controls } from "../../../../static/src/js/live/controls.js";

const types = (messages) => messages.map(({ type }) => type);

test("it works", () => {
  const controls = new Controls();
  controls.add("pause", 100);
  assert.equal(controls.limit, 100);
  assert.deepEqual(controls.due(99), []);
  assert.deepEqual(types(controls.due(100)), ["pause"]);
  assert.equal(controls.limit, Number.POSITIVE_INFINITY);
});

test("pause and resume at the same place keep their order", () => {
  const controls = new Controls();
  controls.add("pause", 100);
  controls.add("resume", 100);
  assert.deepEqual(types(controls.due(100)), ["pause", "resume"]);
});

test("a new connection hears the last one again, and all that comes later in its place", () => {
  const controls = new Controls();
  controls.add("pause", 100);
  controls.add("resume", 100);
  controls.add("pause", 300);
  controls.due(300);
  controls.hello(200);
  assert.deepEqual(types(controls.due(200)), ["resume"]);
  assert.equal(controls.limit, 300);
  assert.deepEqual(types(controls.due(300)), ["pause"]);
});

test("without any there is nothing to tell", () => {
  const controls = new Controls();
  controls.hello(500);
  assert.deepEqual(controls.due(1_000), []);
});

test("a message says after how many bytes it happened", () => {
  const controls = new Controls();
  controls.add("pause", 320);
  assert.deepEqual(controls.due(320), [{ type: "pause", bytes: 320 }]);
});
