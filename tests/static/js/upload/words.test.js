import assert from "node:assert/strict";
import { test } from "node:test";
import { startText, tooLarge } from "../../../../static/src/js/upload/words.js";

test("it works", () => {
  const files = [{ size: 1_000_000 }, { size: 2_400_000 }];
  assert.deepEqual(startText(files), { button: "Upload and transcribe 2 files", summary: "3.4 MB" });
});

test("one file needs no number", () => {
  assert.equal(startText([{ size: 5 }]).button, "Upload and transcribe");
});

test("the limit is named", () => assert.match(tooLarge(8e9), /8\.0 GB/));
