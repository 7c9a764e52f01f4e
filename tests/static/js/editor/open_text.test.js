import assert from "node:assert/strict";
import { test } from "node:test";
import { openText } from "../../../../static/src/js/editor/open_text.js";
import { schema } from "../../../../static/src/js/editor/schema.js";
import { Scope } from "../../../../static/src/js/lib/scope.js";
import { docOf, find, stateOf, textOf } from "./texts.js";

const make = (doc, version) => stateOf(schema.nodeFromJSON(doc), { version });

/** What the server sends of a text in which one typed before. */
function withPast() {
  const doc = docOf(["hello"]);
  const step = stateOf(doc).tr.insertText("MINE", find(doc, "llo")).steps[0].toJSON();
  const undo = {
    version: 0,
    doc: doc.toJSON(),
    batches: [{ mine: true, at: 1, client: "a", steps: [step] }],
  };
  return { version: 1, doc: null, undo, changed: ["s0"] };
}

test("it works", async () => {
  const http = { readWithUndo: async () => withPast() };
  const { state, changed } = await openText(http, new Scope(), make);
  assert.equal(textOf(state.doc), "heMINEllo");
  assert.deepEqual(changed, ["s0"]);
});

test("without a past the text is taken as it is", async () => {
  const answer = { version: 4, doc: docOf(["hello"]).toJSON(), undo: null };
  const { state, changed } = await openText({ readWithUndo: async () => answer }, new Scope(), make);
  assert.equal(textOf(state.doc), "hello");
  assert.deepEqual(changed, []);
});

test("a past that does not lead to the text is left out", async () => {
  const http = {
    readWithUndo: async () => ({ ...withPast(), version: 9 }),
    read: async () => ({ version: 9, doc: docOf(["now"]).toJSON() }),
  };
  assert.equal(textOf((await openText(http, new Scope(), make)).state.doc), "now");
});

test("a refusal is told, and a page that is gone asks no more", async () => {
  const refusal = Object.assign(new Error(), { isFinal: true });
  const refuses = { readWithUndo: () => Promise.reject(refusal) };
  await assert.rejects(openText(refuses, new Scope(), make), refusal);
  const gone = new Scope();
  gone.close();
  const away = { readWithUndo: () => Promise.reject(new Error("away")) };
  await assert.rejects(openText(away, gone, make), /away/);
});
