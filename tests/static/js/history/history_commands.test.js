import assert from "node:assert/strict";
import { test } from "node:test";
import { historyCommands } from "../../../../static/src/js/history/history_commands.js";

class Editor extends EventTarget {
  canEdit = true;
  heard = [];
  segment = { node: { attrs: { id: "abc" } } };

  segmentAt() {
    return this.segment;
  }

  dispatchEvent(event) {
    this.heard.push([event.type, event.detail ?? null]);
    return super.dispatchEvent(event);
  }
}

const state = { selection: { head: 5 } };
const run = (name, editor, dispatch = () => {}) => historyCommands[name].run(state, dispatch, editor);

test("it works", () => {
  const editor = new Editor();
  for (const name of Object.keys(historyCommands)) assert.equal(run(name, editor), true);
  assert.deepEqual(editor.heard, [
    ["version-asked", null],
    ["history-asked", null],
    ["passage-asked", { key: "abc" }],
  ]);
});

test("who may only read saves no version", () => {
  assert.equal(run("saveVersion", Object.assign(new Editor(), { canEdit: false })), false);
});

test("an empty text has no passage", () => {
  assert.equal(run("whoChangedThis", Object.assign(new Editor(), { segment: null })), false);
});

test("asking whether it applies does nothing", () => {
  const editor = new Editor();
  assert.equal(run("openHistory", editor, null), true);
  assert.deepEqual(editor.heard, []);
});
