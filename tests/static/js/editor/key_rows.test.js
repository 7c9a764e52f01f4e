import assert from "node:assert/strict";
import { test } from "node:test";
import { bindingsOf } from "../../../../static/src/js/editor/key_bindings.js";
import { sheetRows } from "../../../../static/src/js/editor/key_rows.js";

const COMMANDS = {
  toggle: { label: "Play or pause", group: "Sound" },
  find: { label: "Find", group: "Find" },
  mark: { label: "Mark this moment", group: "Sound" },
  keyless: { label: "Add a speaker", group: "Speakers" },
};
const rows = (filter = "", preference = null) => sheetRows(COMMANDS, bindingsOf(preference), { filter });

test("it works", () => {
  const groups = rows();
  assert.deepEqual(
    groups.map(({ name }) => name),
    ["Sound", "Find", "Speakers"],
  );
  assert.deepEqual(
    groups[0].rows.map(({ command }) => command),
    ["toggle", "mark"],
  );
  assert.deepEqual(groups[1].rows[0].keys, ["Ctrl-f"]);
  assert.deepEqual(groups[2].rows[0].keys, []);
});

test("the filter reads labels, groups and keys", () => {
  const found = (filter) => rows(filter).flatMap((group) => group.rows.map(({ command }) => command));
  assert.deepEqual(found("PLAY"), ["toggle"]);
  assert.deepEqual(found("ctrl f"), ["find"]);
  assert.deepEqual(found("sound mark"), ["mark"]);
  assert.deepEqual(found("nothing like it"), []);
});

test("changes and rivals are told", () => {
  const [sound, find] = rows("", { set: "voxweb", changes: { mark: ["Mod-f"] } });
  assert.deepEqual(find.rows[0].rivals, ["Mark this moment"]);
  assert.deepEqual(
    sound.rows.map(({ isChanged }) => isChanged),
    [false, true],
  );
});
