import assert from "node:assert/strict";
import { test } from "node:test";
import {
  canonical,
  keyNamesOf,
  portable,
  shownKeys,
  whereOf,
  whyNot,
} from "../../../../static/src/js/editor/key_names.js";

const pressed = (key, more = {}, isMac = false) => keyNamesOf({ key, ...more }, isMac);

test("it works", () => {
  assert.deepEqual(pressed("f", { ctrlKey: true, code: "KeyF" }), ["Ctrl-f"]);
  assert.deepEqual(pressed("f", { metaKey: true, code: "KeyF" }, true), ["Meta-f"]);
  assert.deepEqual(pressed("Tab", { shiftKey: true }), ["Shift-Tab"]);
  assert.deepEqual(pressed("F1"), ["F1"]);
  assert.deepEqual(pressed(" ", { code: "Space" }), ["Space"]);
  assert.deepEqual(pressed("?", { shiftKey: true, code: "Slash" }), ["?"]);
  assert.deepEqual(pressed("S", { shiftKey: true, code: "KeyS" }), ["Shift-s"]);
});

test("modifiers alone, dead keys and composing are no command", () => {
  for (const key of ["Control", "Shift", "Alt", "Meta", "AltGraph", "Dead", "Process", ""]) {
    assert.deepEqual(pressed(key), []);
  }
  assert.deepEqual(pressed("a", { isComposing: true }), []);
});

test("AltGr types, it does not command", () => {
  const altGr = {
    ctrlKey: true,
    altKey: true,
    code: "KeyQ",
    getModifierState: (name) => name === "AltGraph",
  };
  assert.deepEqual(pressed("@", altGr), []);
});

test("Option on a Mac types other characters, the key stays the key", () => {
  assert.deepEqual(pressed("∆", { altKey: true, code: "KeyJ" }, true), ["Alt-j"]);
  assert.deepEqual(pressed("¡", { altKey: true, code: "Digit1" }, true), ["Alt-1"]);
});

test("other alphabets and rows of digits work", () => {
  assert.ok(pressed("о", { ctrlKey: true, code: "KeyJ" }).includes("Ctrl-j"));
  assert.ok(pressed("л", { code: "KeyK" }).includes("k"));
  assert.ok(pressed("&", { ctrlKey: true, code: "Digit1" }).includes("Ctrl-1"));
  assert.ok(pressed(">", { ctrlKey: true, shiftKey: true, code: "Period" }).includes("Ctrl-Shift-."));
  assert.equal(pressed("2", { ctrlKey: true, shiftKey: true, code: "Digit2" })[0], "Ctrl-Shift-2", "AZERTY");
  assert.equal(pressed("!", { ctrlKey: true, shiftKey: true, code: "Digit1" })[0], "Ctrl-Shift-1");
  assert.deepEqual(pressed("t", { code: "KeyK" }), ["t"], "Dvorak");
});

test("names are the same however they are written", () => {
  assert.equal(canonical("Shift-Mod-f", false), "Ctrl-Shift-f");
  assert.equal(canonical("Shift-Mod-f", true), "Shift-Meta-f");
  assert.equal(canonical("Alt--", false), "Alt--");
  assert.equal(portable("Ctrl-Shift-f", false), "Mod-Shift-f");
  assert.equal(portable("Meta-f", true), "Mod-f");
  assert.equal(portable("Ctrl-f", true), "Ctrl-f");
});

test("keys are shown as they are printed", () => {
  assert.deepEqual(shownKeys("Mod-Shift-f", false), ["Ctrl", "Shift", "F"]);
  assert.deepEqual(shownKeys("Mod-Shift-f", true), ["⇧", "⌘", "F"]);
  assert.deepEqual(shownKeys("ArrowLeft", false), ["←"]);
  assert.deepEqual(shownKeys("Alt--", false), ["Alt", "-"]);
});

test("what types or moves belongs to the text, Tab to the page", () => {
  for (const name of ["k", "Space", "?", "Shift-s", "Mod-ArrowLeft", "ArrowUp", "Home"]) {
    assert.equal(whereOf(name, false), "page", name);
  }
  for (const name of ["Tab", "Shift-Tab", "Enter", "Escape", "Backspace"]) {
    assert.equal(whereOf(name, false), "text", name);
  }
  for (const name of ["Mod-f", "Alt-j", "F1", "Mod-1", "Mod-Space", "Mod-Enter"])
    assert.equal(whereOf(name, true), "both", name);
  assert.equal(whereOf("Alt-ArrowLeft", false), "both");
  assert.equal(whereOf("Alt-ArrowLeft", true), "page");
});

test("keys of the browser and the clipboard are refused with a reason", () => {
  assert.match(whyNot("Ctrl-w", false), /browser/);
  assert.match(whyNot("Meta-c", true), /copies/);
  assert.equal(whyNot("Ctrl-f", false), "");
});
