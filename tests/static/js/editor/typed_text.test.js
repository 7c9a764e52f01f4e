import assert from "node:assert/strict";
import { test } from "node:test";
import { schema } from "../../../../static/src/js/editor/schema.js";
import { typedText } from "../../../../static/src/js/editor/typed_text.js";
import { docOf, find, stateOf } from "./texts.js";

/** What is left to rescue after these changes of one text. */
function after(texts, ...changes) {
  const { tr } = stateOf(docOf(texts));
  for (const change of changes) change(tr, tr.doc);
  return typedText(tr.steps);
}

const type = (before, text) => (tr, doc) => tr.insertText(text, find(doc, before));
const behind = (text, more) => (tr, doc) => tr.insertText(more, find(doc, text) + text.length);
const remove = (text) => (tr, doc) => tr.delete(find(doc, text), find(doc, text) + text.length);

test("it works", () => {
  const typing = [type("world", "m"), behind("m", "y"), behind("my", " ")];
  assert.deepEqual(after(["hello world"], ...typing), ["my "]);
});

test("pieces come in the order of the text", () => {
  assert.deepEqual(after(["hello", "world"], type("world", "second"), type("hello", "first")), [
    "first",
    "second",
  ]);
});

test("what was deleted again is not typed text", () => {
  assert.deepEqual(after(["hello"], type("hello", "abcdef"), remove("cd")), ["abef"]);
  assert.deepEqual(after(["hello"], type("hello", "abc"), remove("abc")), []);
  assert.deepEqual(after(["hello"], remove("hell")), []);
});

test("text inside typed text is one piece", () => {
  assert.deepEqual(after(["hello"], type("hello", "ad"), type("d", "bc")), ["abcd"]);
});

test("typing over a selection keeps the new text", () => {
  const over = (tr, doc) => tr.insertText("there", find(doc, "world"), find(doc, "world") + 5);
  assert.deepEqual(after(["hello world"], over), ["there"]);
});

test("pasted segments are lines", () => {
  const lines = ["one", "two"].map((text) => schema.nodes.segment.create({}, schema.text(text)));
  const paste = (tr, doc) => tr.insert(doc.resolve(find(doc, "hello")).before(), lines);
  assert.deepEqual(after(["hello"], paste), ["one\ntwo"]);
});

test("attributes and splits hold no text, and move what does", () => {
  const attribute = (tr, doc) => tr.setNodeAttribute(doc.resolve(find(doc, "lo")).before(), "held", true);
  const split = (tr, doc) => tr.split(find(doc, "eX"));
  assert.deepEqual(after(["hello"], type("llo", "X"), attribute, split, behind("X", "Y")), ["XY"]);
});
