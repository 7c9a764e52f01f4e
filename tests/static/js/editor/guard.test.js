import assert from "node:assert/strict";
import { test } from "node:test";
import { undo } from "prosemirror-history";
import { CAST_CHANGE } from "../../../../static/src/js/editor/guard.js";
import { schema } from "../../../../static/src/js/editor/schema.js";
import { cleanText, LONGEST_SEGMENT } from "../../../../static/src/js/editor/text_rules.js";
import { Desk, docOf, find, stateOf } from "./texts.js";

const desk = (...texts) => new Desk(stateOf(docOf(texts)));

function isRefused(page, change) {
  const before = page.state.doc;
  page.edit(change);
  return page.state.doc.eq(before);
}

test("it works", () => {
  const page = desk("hello");
  assert.equal(
    isRefused(page, (tr, doc) => tr.insertText(" 😀 é שלום", find(doc, "o"))),
    false,
  );
  assert.equal(page.text, "hell 😀 é שלוםo");
});

for (const text of ["a\nb", "a\tb", "a\u0000b", "a\u2028b", "a\u009fb", "a\ud83d", "\ude00b"]) {
  test(`${JSON.stringify(text)} does not get in, and is cleaned beforehand`, () => {
    assert.ok(isRefused(desk("hello"), (tr, doc) => tr.insertText(text, find(doc, "o"))));
    assert.equal(
      isRefused(desk("hello"), (tr, doc) => tr.insertText(cleanText(text), find(doc, "o"))),
      false,
    );
  });
}

test("a character of two units is not cut", () => {
  const at = (doc) => find(doc, "😀") + 1;
  assert.ok(isRefused(desk("a😀b"), (tr, doc) => tr.delete(at(doc), at(doc) + 1)));
  assert.ok(isRefused(desk("a😀b"), (tr, doc) => tr.delete(at(doc) - 1, at(doc))));
  assert.ok(isRefused(desk("a😀b"), (tr, doc) => tr.insertText("x", at(doc))));
  assert.ok(isRefused(desk("a😀b"), (tr, doc) => tr.split(at(doc))));
  assert.equal(
    isRefused(desk("a😀b"), (tr, doc) => tr.delete(at(doc) - 1, at(doc) + 1)),
    false,
  );
});

test("a segment grows no longer than the server takes", () => {
  const half = "x".repeat(LONGEST_SEGMENT / 2 + 1);
  assert.ok(isRefused(desk(half, half), (tr, doc) => tr.join(doc.firstChild.nodeSize + 1 + half.length + 2)));
  assert.ok(isRefused(desk(half), (tr, doc) => tr.insertText(half, find(doc, "x"))));
  const long = desk(half + half);
  assert.equal(
    isRefused(long, (tr, doc) => tr.delete(find(doc, "x"), find(doc, "x") + 1)),
    false,
  );
});

test("a voice goes only with the command that merges voices, or when its making is undone", () => {
  const page = desk("hello");
  const voice = schema.nodes.voice.create({ id: "speaker_2" });
  page.edit((tr, doc) => tr.insert(doc.firstChild.nodeSize - 1, voice));
  assert.ok(isRefused(page, (tr) => tr.delete(2, 3)));
  undo(page.state, (tr) => page.dispatch(tr));
  assert.equal(page.state.doc.firstChild.childCount, 1);
  assert.equal(
    isRefused(page, (tr) => tr.delete(1, 2).setMeta(CAST_CHANGE, true)),
    false,
  );
});
