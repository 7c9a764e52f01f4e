import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf, SHORTCUTS } from "../../../../static/src/js/transcript/shortcuts.js";

/** A focused thing that matches the given simple selectors. */
const target = (...matching) => ({
  closest: (selectors) => (selectors.split(", ").some((one) => matching.includes(one)) ? {} : null),
});
const press = (key, over = target(), more = {}) => commandOf({ key, target: over, ...more });

test("it works", () => {
  assert.equal(press(" "), "toggle");
  assert.equal(press("K"), "toggle");
  assert.equal(press("ArrowLeft"), "back5");
  assert.equal(press("?"), "keys");
  assert.equal(press("x"), null);
});

test("keys belong to the field that is typed in", () => {
  assert.equal(press("k", target("input")), null);
  assert.equal(press("ArrowLeft", target("textarea")), null);
});

test("space belongs to a focused button, other keys do not", () => {
  assert.equal(press(" ", target("button")), null);
  assert.equal(press("k", target("button")), "toggle");
});

test("arrows belong to tabs and sliders", () => {
  assert.equal(press("ArrowLeft", target("[role=slider]")), null);
  assert.equal(press("ArrowRight", target("[role=tab]")), null);
});

test("keys of the browser and of open dialogs are left alone", () => {
  assert.equal(press("k", target(), { ctrlKey: true }), null);
  assert.equal(press("l", target(), { metaKey: true }), null);
  assert.equal(press("j", target("dialog")), null);
  assert.equal(press("j", target(), { defaultPrevented: true }), null);
});

test("no key means two things", () => {
  const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys);
  assert.equal(new Set(keys).size, keys.length);
});
