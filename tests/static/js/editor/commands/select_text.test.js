import assert from "node:assert/strict";
import { test } from "node:test";
import {
  selectText,
  selectToStart,
  toStart,
} from "../../../../../static/src/js/editor/commands/select_text.js";
import { after, stateOf } from "../marked_text.js";
import { stateOf as plainStateOf } from "../written.js";

const STATE = stateOf(["a: good morning", "b: well, |yes"]);
const FIRST = STATE.doc.firstChild.nodeSize + 2;

test("it works", () => {
  const { doc, selection } = after(STATE, selectText);
  assert.equal(doc.textBetween(selection.from, selection.to, "/"), "good morning/well, yes");
});

test("the caret goes to the first word, past the cast", () => {
  const { selection } = after(STATE, toStart);
  assert.deepEqual([selection.anchor, selection.head], [FIRST, FIRST]);
});

test("a selection reaches back to the first word from where it began", () => {
  const { selection } = after(STATE, selectToStart);
  assert.deepEqual([selection.anchor, selection.head], [STATE.selection.anchor, FIRST]);
});

test("without text there is nothing to go to, and the key does nothing else", () => {
  const empty = plainStateOf([]);
  assert.equal(
    toStart(empty, () => assert.fail("nothing changes")),
    true,
  );
});
