import assert from "node:assert/strict";
import { test } from "node:test";
import { bindingsOf } from "../../../../static/src/js/editor/key_bindings.js";
import { RECORD_SHORTCUTS, recordCommandOf } from "../../../../static/src/js/live/record_keys.js";

const target = { closest: () => null };
const press = (key, more = {}) => recordCommandOf({ key, target, ...more });

test("it works", () => {
  assert.equal(press("r"), "record");
  assert.equal(press(" "), "pause");
  assert.equal(press("M", { shiftKey: true }), "mark");
  assert.equal(press("?", { shiftKey: true }), "keys");
});

test("stopping takes two keys at once", () => {
  assert.equal(press("s"), null);
  assert.equal(press("S", { shiftKey: true }), "stop");
});

test("reloading the page stays what it is", () => assert.equal(press("r", { ctrlKey: true }), null));

test("what both pages have means the same on both", () => {
  const onTranscripts = bindingsOf(null);
  for (const { command, keys } of RECORD_SHORTCUTS.filter(
    (one) => onTranscripts.keysOf(one.command).length,
  )) {
    assert.deepEqual(
      keys.map((key) => onTranscripts.commandOf([key === " " ? "Space" : key], "page")),
      keys.map(() => command),
    );
  }
  assert.equal(onTranscripts.commandOf(["Space"], "page"), "toggle");
});
