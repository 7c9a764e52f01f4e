import assert from "node:assert/strict";
import { test } from "node:test";
import { bindingsOf, readPreference } from "../../../../static/src/js/editor/key_bindings.js";
import { KEY_NAME, whyNot } from "../../../../static/src/js/editor/key_names.js";
import { KEY_SETS } from "../../../../static/src/js/editor/key_sets.js";

const inText = (bindings, ...names) => bindings.commandOf(names, "text");
const onPage = (bindings, ...names) => bindings.commandOf(names, "page");

test("it works", () => {
  const keys = bindingsOf(null);
  assert.equal(inText(keys, "Tab"), "toggle");
  assert.equal(inText(keys, "Escape"), "toggle");
  assert.equal(inText(keys, "Shift-Tab"), "back3");
  assert.equal(inText(keys, "Ctrl-2"), "turnSpeaker2");
  assert.equal(inText(keys, "Ctrl-."), "nextDoubt");
  assert.equal(inText(keys, "F1"), "back3");
  assert.equal(onPage(keys, "Space"), "toggle");
  assert.equal(onPage(keys, "?"), "keys");
  assert.equal(onPage(keys, "Ctrl-ArrowRight"), "forward3");
});

test("typing stays typing, and Tab stays Tab outside of the text", () => {
  for (const { keys } of Object.values(KEY_SETS)) {
    const bindings = bindingsOf({ set: "voxweb", changes: keys });
    for (const name of ["Space", "k", "?", "<", "ArrowLeft", "Ctrl-ArrowLeft"])
      assert.equal(inText(bindings, name), null);
    for (const name of ["Tab", "Shift-Tab", "Enter", "Escape"]) assert.equal(onPage(bindings, name), null);
  }
});

test("a Mac has its own modifier", () => {
  const mac = bindingsOf(null, { isMac: true });
  assert.equal(inText(mac, "Meta-f"), "find");
  assert.equal(inText(mac, "Ctrl-f"), null);
});

test("no set gives a key to two commands, or takes one that nobody can have", () => {
  for (const [set, { keys }] of Object.entries(KEY_SETS)) {
    for (const isMac of [false, true]) {
      const bindings = bindingsOf({ set }, { isMac });
      for (const [command, names] of Object.entries(keys)) {
        for (const name of names) {
          assert.deepEqual(bindings.rivalsOf(command, name), [], `${set}: ${name} of ${command}`);
          assert.equal(whyNot(name, isMac), "", name);
          assert.match(name, KEY_NAME);
        }
      }
    }
  }
});

test("changes come before the set", () => {
  const keys = bindingsOf({ set: "voxweb", changes: { mark: ["Mod-f"], toggle: [] } });
  assert.equal(inText(keys, "Ctrl-f"), "mark");
  assert.equal(inText(keys, "Tab"), null);
  assert.deepEqual(keys.rivalsOf("mark", "Mod-f"), ["find"]);
  assert.ok(keys.isChanged("toggle"));
  assert.ok(!keys.isChanged("find"));
});

test("the first name of a key press that means something counts", () => {
  assert.equal(inText(bindingsOf(null), "Ctrl-&", "Ctrl-1"), "turnSpeaker1");
});

test("rubbish is left out", () => {
  for (const value of [null, undefined, 5, "x", {}, { set: "constructor" }, { changes: { find: "Mod-f" } }]) {
    assert.deepEqual(readPreference(value), { set: "voxweb", changes: {} });
  }
  const odd = { set: "descript", changes: { find: ["Mod-f", 5, "two words", "Mod-"] } };
  assert.deepEqual(readPreference(odd), { set: "descript", changes: { find: ["Mod-f"] } });
});
