import assert from "node:assert/strict";
import { test } from "node:test";
import { TextSelection } from "prosemirror-state";
import { insertAgain } from "../../../../static/src/js/editor/insert_again.js";
import { Desk, docOf, find, stateOf } from "./texts.js";

const pageWith = (...texts) => new Desk(stateOf(docOf(texts)));

test("it works", () => {
  const page = pageWith("hello", "world");
  page.edit((tr, doc) => tr.setSelection(TextSelection.create(doc, find(doc, "llo"))));
  page.dispatch(insertAgain(page.state, "one\ntwo\u0007"));
  assert.equal(page.text, "hello¦one¦two ¦world");
  const { attrs } = page.state.selection.$head.parent;
  assert.match(attrs.id, /^[\w-]{12}$/);
  assert.deepEqual([attrs.speaker, attrs.start_ms], ["speaker_1", 900]);
});

test("text without words, or without a place for it, stays where it is", () => {
  assert.equal(insertAgain(pageWith("hello").state, "\n"), null);
  assert.equal(insertAgain(stateOf(docOf()), "one"), null);
});
