import assert from "node:assert/strict";
import { test } from "node:test";
import { due, isBusy, waiting } from "../../../../static/src/js/upload/queue.js";

const items = (...states) => states.map((state, number) => ({ number, state }));
const numbers = (found) => found.map((item) => item.number);

test("it works", () => assert.deepEqual(numbers(due(items("queued", "queued", "queued"))), [0, 1]));

test("what runs takes a place, what is paused or failed does not", () => {
  assert.deepEqual(numbers(due(items("sending", "queued", "queued"))), [1]);
  assert.deepEqual(numbers(due(items("finishing", "sending", "queued"))), []);
  assert.deepEqual(numbers(due(items("paused", "failed", "queued", "waiting"))), [2]);
});

test("more than allowed may run after a resume", () => {
  assert.deepEqual(due(items("sending", "sending", "sending", "queued")), []);
});

test("leaving interrupts what is queued or under way", () => {
  assert.equal(isBusy(items("done", "queued")), true);
  assert.equal(isBusy(items("finishing")), true);
  assert.equal(isBusy(items("waiting", "paused", "failed", "transcribing")), false);
});

test("files that wait for the button", () =>
  assert.deepEqual(numbers(waiting(items("waiting", "done"))), [0]));
