import assert from "node:assert/strict";
import { test } from "node:test";
import { voiceRows } from "../../../../static/src/js/editor/voice_rows.js";
import { makeState } from "./cast.js";

test("it works", () => {
  const rows = voiceRows(makeState("aaab", ["Ada", "", "Mary"]).doc);
  assert.deepEqual(
    rows.map(({ shown, key, hue, ms, percent, isUsed }) => [shown, key, hue, ms, percent, isUsed]),
    [
      ["Ada", 1, 1, 6000, 75, true],
      ["Speaker 2", 2, 2, 2000, 25, true],
      ["Mary", 3, 3, 0, 0, false],
    ],
  );
});

test("what nobody is known to have said is one row at the end", () => {
  const rows = voiceRows(makeState("a-x-", ["Ada"]).doc);
  assert.deepEqual(rows.at(-1), {
    id: "",
    name: "",
    shown: "Unknown voice",
    hue: 0,
    key: 0,
    ms: 6000,
    percent: 75,
    isUsed: true,
  });
});

test("the tenth voice has no key, and without text nobody has a share", () => {
  const rows = voiceRows(makeState("", Array(10).fill("")).doc);
  assert.deepEqual(
    rows.map(({ key }) => key),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, null],
  );
  assert.ok(rows.every(({ percent }) => percent === 0));
});
