import assert from "node:assert/strict";
import { test } from "node:test";
import { Lines } from "../../../../static/src/js/transcript/lines.js";

const line = (key, startMs, endMs) => ({ key, startMs, endMs });
const lines = new Lines([line("a", 0, 2_400), line("b", 2_600, 4_200), line("c", 4_400, 7_000)]);

test("it works", () => {
  assert.equal(lines.at(0).key, "a");
  assert.equal(lines.at(3_000).key, "b");
  assert.equal(lines.at(6_999).key, "c");
});

test("in a pause and after the end the last line stays", () => {
  assert.equal(lines.at(2_500).key, "a");
  assert.equal(lines.at(90_000).key, "c");
});

test("before the first line there is none", () => {
  assert.equal(new Lines([line("a", 500, 900)]).at(100), null);
  assert.equal(new Lines([]).at(100), null);
  assert.equal(new Lines([]).beside(100, 1), null);
});

test("where two people talk, the one who began last wins until they end", () => {
  const both = new Lines([line("long", 0, 10_000), line("short", 2_000, 3_000)]);
  assert.equal(both.at(2_500).key, "short");
  assert.equal(both.at(5_000).key, "long");
});

test("neighbours stop at the ends", () => {
  assert.equal(lines.beside(3_000, 1).key, "c");
  assert.equal(lines.beside(3_000, -1).key, "a");
  assert.equal(lines.beside(0, -1).key, "a");
  assert.equal(lines.beside(6_000, 1).key, "c");
});

test("only what touches the span is drawn", () => {
  assert.deepEqual(
    lines.between(2_450, 4_300).map(({ key }) => key),
    ["b"],
  );
  assert.deepEqual(lines.between(0, 9_000).length, 3);
});

test("lines out of order are put in time", () => {
  const mixed = new Lines([line("b", 2_600, 4_200), line("a", 0, 2_400)]);
  assert.equal(mixed.at(1_000).key, "a");
});
