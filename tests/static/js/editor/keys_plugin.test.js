import assert from "node:assert/strict";
import { test } from "node:test";
import { bindingsOf } from "../../../../static/src/js/editor/key_bindings.js";
import { keysPlugin } from "../../../../static/src/js/editor/keys_plugin.js";

function pressed(event, { answer = true, composing = false } = {}) {
  const ran = [];
  const editor = { run: (name) => ran.push(name) > 0 && answer };
  const { handleKeyDown } = keysPlugin(editor, { bindings: bindingsOf(null), isMac: false }).props;
  return { ran, isTaken: handleKeyDown({ composing }, event) };
}

test("it works", () => {
  assert.deepEqual(pressed({ key: "Tab" }), { ran: ["toggle"], isTaken: true });
  assert.deepEqual(pressed({ key: "3", code: "Digit3", ctrlKey: true }), {
    ran: ["turnSpeaker3"],
    isTaken: true,
  });
});

test("what is typed is typed", () => {
  assert.deepEqual(pressed({ key: "k" }), { ran: [], isTaken: false });
});

test("a command with nothing to do lets the key go on", () => {
  assert.deepEqual(pressed({ key: "Backspace" }, { answer: false }), { ran: ["join"], isTaken: false });
});

test("while a word is composed the keys belong to the composing", () => {
  assert.deepEqual(pressed({ key: "Tab" }, { composing: true }), { ran: [], isTaken: false });
});
