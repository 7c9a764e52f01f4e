import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Position } from "../../../../static/src/js/transcript/position.js";

afterEach(() => {
  globalThis.localStorage = undefined;
});

function useStorage() {
  const kept = new Map();
  globalThis.localStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
  };
}

test("it works", () => {
  useStorage();
  new Position("abc").write(12_345.6);
  assert.equal(new Position("abc").read(60_000), 12_346);
  assert.equal(new Position("other").read(60_000), 0);
});

test("a recording heard to its end begins at the start", () => {
  useStorage();
  new Position("abc").write(59_000);
  assert.equal(new Position("abc").read(60_000), 0);
});

test("nonsense and a forbidden storage are no position", () => {
  globalThis.localStorage = { getItem: () => "soon" };
  assert.equal(new Position("abc").read(60_000), 0);
  globalThis.localStorage = undefined;
  new Position("abc").write(5);
  assert.equal(new Position("abc").read(60_000), 0);
});
