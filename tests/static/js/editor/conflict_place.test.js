import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findAgain } from "../../../../static/src/js/editor/conflict_place.js";

const cases = JSON.parse(readFileSync(new URL("../../../actions/merge/find_again.json", import.meta.url)));

test("it works: the same places as on the server", () => {
  for (const { text, words, offset, found } of cases) assert.deepEqual(findAgain(text, words, offset), found);
});
