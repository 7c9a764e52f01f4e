import assert from "node:assert/strict";
import { test } from "node:test";
import { CaretPlace } from "../../../../static/src/js/editor/caret_place.js";
import { stateOf } from "./marked_text.js";

function place(kept = "") {
  const storage = { kept };
  const write = (_key, value) => Object.assign(storage, { kept: value });
  return { storage, caret: new CaretPlace("code", { read: () => storage.kept, write }) };
}

test("it works", () => {
  const state = stateOf(["a: good morning", "b: y|es"]);
  const { caret, storage } = place();
  caret.keep(state);
  assert.equal(storage.kept, "s1:1");
  assert.equal(caret.selectionIn(state.doc).head, state.selection.head);
});

test("a text that became shorter has the caret at its end", () => {
  const { doc } = stateOf(["a: good"]);
  const { $head } = place("s0:99").caret.selectionIn(doc);
  assert.equal($head.parentOffset, 4);
});

test("what cannot be read or found is no place", () => {
  const { doc } = stateOf(["a: good"]);
  for (const kept of ["", "s0", "gone:1", "s0:-1", "<b>:1", null]) {
    assert.equal(place(kept).caret.selectionIn(doc), null);
  }
  place().caret.keep(stateOf());
});
