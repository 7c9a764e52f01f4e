import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "../../../../static/src/js/editor/command_table.js";
import { KEY_SETS } from "../../../../static/src/js/editor/key_sets.js";

test("every key of every set is bound to a command that exists", () => {
  for (const [set, { keys }] of Object.entries(KEY_SETS)) {
    for (const command of Object.keys(keys)) assert.ok(command in COMMANDS, `${set}: ${command}`);
  }
});

test("every command can be shown on the sheet and kept by the server", () => {
  for (const [name, { label, group, run }] of Object.entries(COMMANDS)) {
    assert.match(name, /^[a-z][A-Za-z0-9]{0,39}$/);
    assert.ok(label && group && typeof run === "function", name);
  }
});
