import assert from "node:assert/strict";
import { test } from "node:test";
import { bindingsOf, NO_CHANGES } from "../../../../static/src/js/editor/key_bindings.js";
import { addKey, chooseSet, removeKey, resetCommand } from "../../../../static/src/js/editor/key_changes.js";

test("it works", () => {
  const { preference, takenFrom, problem } = addKey(NO_CHANGES, "toggle", "Ctrl-Space");
  assert.deepEqual([takenFrom, problem], [[], ""]);
  assert.ok(preference.changes.toggle.includes("Mod-Space"));
  assert.equal(bindingsOf(preference).commandOf(["Ctrl-Space"], "text"), "toggle");
  assert.equal(bindingsOf(preference).commandOf(["Tab"], "text"), "toggle");
});

test("a key that is taken changes hands, and it is told from whom", () => {
  const { preference, takenFrom } = addKey(NO_CHANGES, "mark", "Ctrl-f");
  assert.deepEqual(takenFrom, ["find"]);
  assert.equal(bindingsOf(preference).commandOf(["Ctrl-f"], "text"), "mark");
  assert.deepEqual(bindingsOf(preference).keysOf("find"), []);
});

test("a key of the browser cannot be had", () => {
  const { preference, problem } = addKey(NO_CHANGES, "mark", "Ctrl-w");
  assert.equal(preference, NO_CHANGES);
  assert.match(problem, /browser/);
});

test("the same key twice is once, and there is a most", () => {
  assert.equal(addKey(NO_CHANGES, "find", "Ctrl-f").preference, NO_CHANGES);
  let preference = { set: "voxweb", changes: { mark: ["a", "b", "c", "d", "e", "g"] } };
  assert.match(addKey(preference, "mark", "h").problem, /most/);
  preference = removeKey(preference, "mark", "a");
  assert.equal(addKey(preference, "mark", "h").problem, "");
});

test("one command or all go back to the set", () => {
  const changed = removeKey(addKey(NO_CHANGES, "mark", "Ctrl-f").preference, "toggle", "Tab");
  const one = resetCommand(changed, "toggle");
  assert.deepEqual(Object.keys(one.changes).sort(), ["find", "mark"]);
  assert.deepEqual(chooseSet("descript"), { set: "descript", changes: {} });
  assert.deepEqual(bindingsOf(resetCommand(changed, "find")).rivalsOf("find", "Ctrl-f"), ["mark"]);
});
