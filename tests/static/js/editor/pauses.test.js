import assert from "node:assert/strict";
import { test } from "node:test";
import { Pauses } from "../../../../static/src/js/editor/pauses.js";

const SOME = [
  [100, 200],
  [500, 900],
  [1_000, 1_500],
];

test("it works", async () => {
  let asked = 0;
  const pauses = new Pauses(async () => {
    asked += 1;
    return SOME;
  });
  assert.deepEqual(pauses.between(0, 9_999), []);
  await Promise.all([pauses.load(), pauses.load()]);
  assert.equal(asked, 1);
  assert.deepEqual(pauses.between(0, 9_999), SOME);
});

test("those that touch the span are found", async () => {
  const pauses = new Pauses(async () => SOME);
  await pauses.load();
  assert.deepEqual(pauses.between(200, 499), [[100, 200]]);
  assert.deepEqual(pauses.between(201, 499), []);
  assert.deepEqual(pauses.between(600, 1_000), SOME.slice(1));
});

test("a failed request is made again the next time", async () => {
  let fails = true;
  const pauses = new Pauses(async () => {
    if (fails) throw new Error("offline");
    return SOME;
  });
  await pauses.load();
  assert.deepEqual(pauses.between(0, 9_999), []);
  fails = false;
  await pauses.load();
  assert.equal(pauses.between(0, 9_999).length, 3);
});
