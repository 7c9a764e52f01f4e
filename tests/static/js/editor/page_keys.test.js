import assert from "node:assert/strict";
import { test } from "node:test";
import { bindingsOf } from "../../../../static/src/js/editor/key_bindings.js";
import { pageCommandOf } from "../../../../static/src/js/editor/page_keys.js";

const GROUPS = { find: "Find", undo: "Text", toggle: "Sound", back3: "Sound", keys: "Help" };
/** A focused thing that matches the given simple selectors. */
const target = (...matching) => ({
  closest: (selectors) => (selectors.split(", ").some((one) => matching.includes(one)) ? {} : null),
});
const press = (key, over = target(), more = {}, withoutLetters = false) => {
  const how = { bindings: bindingsOf(null), isMac: false, groupOf: (name) => GROUPS[name], withoutLetters };
  return pageCommandOf({ key, target: over, ...more }, how);
};

test("it works", () => {
  assert.equal(press(" "), "toggle");
  assert.equal(press("K", target(), { shiftKey: false }), "toggle");
  assert.equal(press("ArrowLeft"), "back5");
  assert.equal(press("?", target(), { shiftKey: true }), "keys");
  assert.equal(press("x"), null);
});

test("keys belong to the field that is typed in", () => {
  assert.equal(press("k", target("input")), null);
  assert.equal(press("ArrowLeft", target("textarea")), null);
  assert.equal(press("ArrowLeft", target("input"), { ctrlKey: true }), null);
});

test("in a field the sound and the search still have their keys, taking back has not", () => {
  assert.equal(press("f", target("input"), { ctrlKey: true }), "find");
  assert.equal(press("k", target("input"), { altKey: true }), "toggle");
  assert.equal(press("F1", target("input")), "back3");
  assert.equal(press("z", target("input"), { ctrlKey: true }), null);
});

test("the text has its own keys", () => {
  assert.equal(press("f", target("[contenteditable=true]", ".ProseMirror"), { ctrlKey: true }), null);
});

test("space belongs to a focused button, other keys do not", () => {
  assert.equal(press(" ", target("button")), null);
  assert.equal(press("k", target("button")), "toggle");
});

test("arrows belong to tabs and sliders", () => {
  assert.equal(press("ArrowLeft", target("[role=slider]")), null);
  assert.equal(press("ArrowRight", target("[role=tab]")), null);
});

test("keys of open dialogs and used keys are left alone", () => {
  assert.equal(press("j", target("dialog")), null);
  assert.equal(press("j", target(), { defaultPrevented: true }), null);
  assert.equal(press("l", target(), { metaKey: true }), null);
});

test("letters can be switched off, the sheet and held keys stay", () => {
  assert.equal(press("k", target(), {}, true), null);
  assert.equal(press("?", target(), { shiftKey: true }, true), "keys");
  assert.equal(press("f", target(), { ctrlKey: true }, true), "find");
});
