import assert from "node:assert/strict";
import { test } from "node:test";
import { randomId } from "../../../../static/src/js/editor/ids.js";

test("it works", () => {
  const made = Array.from({ length: 1000 }, randomId);
  assert.equal(new Set(made).size, 1000);
  for (const id of made) assert.match(id, /^[A-Za-z0-9_-]{12}$/);
});
