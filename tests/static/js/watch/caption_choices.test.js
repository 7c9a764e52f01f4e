import assert from "node:assert/strict";
import { test } from "node:test";
import { readChoices, stepped, writeChoices } from "../../../../static/src/js/watch/caption_choices.js";

const USUAL = { size: "4", look: "device", lines: "4", align: "start", place: "end" };

test("it works", () => {
  const chosen = { size: "7", look: "yellow", lines: "2", align: "center", place: "top" };
  assert.deepEqual(readChoices(writeChoices(chosen)), chosen);
});

for (const text of [null, "", "{", "[]", "7", "null", '{"size":99,"look":"pink"}', '{"size":{"a":1}}']) {
  test(`${text} is as usual`, () => assert.deepEqual(readChoices(text), USUAL));
}

test("the size ends at its ends", () => {
  assert.equal(stepped({ ...USUAL, size: "8" }, "size", 1).size, "8");
  assert.equal(stepped({ ...USUAL, size: "1" }, "size", -1).size, "1");
  assert.equal(stepped(USUAL, "size", 1).size, "5");
});

test("colours begin again", () => {
  assert.equal(stepped({ ...USUAL, look: "contrast" }, "look", 1).look, "device");
});
