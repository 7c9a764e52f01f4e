import assert from "node:assert/strict";
import { test } from "node:test";
import { Position } from "../../../../static/src/js/transcript/position.js";

function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test("it works", () => {
  const shared = storage();
  new Position("abc", shared).write(12_345.6);
  assert.equal(new Position("abc", shared).read(60_000), 12_346);
  assert.equal(new Position("other", shared).read(60_000), 0);
});

test("a recording heard to its end begins at the start", () => {
  const position = new Position("abc", storage());
  position.write(59_000);
  assert.equal(position.read(60_000), 0);
});

test("nonsense and a forbidden storage are no position", () => {
  const broken = { getItem: () => "soon", setItem: () => null };
  assert.equal(new Position("abc", broken).read(60_000), 0);
  const refusing = () => {
    throw new Error("SecurityError");
  };
  const forbidden = new Position("abc", { getItem: refusing, setItem: refusing });
  forbidden.write(5);
  assert.equal(forbidden.read(60_000), 0);
});
