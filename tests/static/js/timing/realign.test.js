import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { realign } from "../../../../static/src/js/timing/realign.js";

const vectors = new URL("../../../timing/vectors/realign.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(vectors, "utf8"));

test("it works", () => {
  const words = [
    [0, 400, "helo"],
    [400, 900, "world"],
  ];
  assert.deepEqual(realign(words, "Hello world!", 0, 900), [
    [0, 400, "Hello"],
    [400, 900, "world!"],
  ]);
});

for (const { name, words, text, start_ms, end_ms, expected } of cases) {
  test(`as on the server: ${name}`, () => {
    assert.deepEqual(realign(words, text, start_ms, end_ms), expected);
  });
}

test("the table that was given stays as it was", () => {
  const words = Object.freeze([Object.freeze([0, 400, "one"]), Object.freeze([500, 900, "two"])]);
  assert.deepEqual(realign(words, "one too", 0, 900), [
    [0, 400, "one"],
    [500, 900, "too"],
  ]);
});
