import assert from "node:assert/strict";
import { test } from "node:test";
import { undoDepth } from "prosemirror-history";
import { confirmed, sendable } from "../../../../static/src/js/editor/collab.js";
import { replayed } from "../../../../static/src/js/editor/replay.js";
import { schema } from "../../../../static/src/js/editor/schema.js";
import { undo } from "../../../../static/src/js/editor/undo.js";
import { Desk, docOf, find, stateOf, textOf } from "./texts.js";

const make = (doc, version) => stateOf(schema.nodeFromJSON(doc), { version });

/** Changes as the server keeps them: `[mine, at, change]` each. */
function past(doc, ...changes) {
  let now = doc;
  const batches = changes.map(([mine, at, change]) => {
    const { tr } = stateOf(now);
    change(tr, now);
    now = tr.doc;
    return { mine, at, client: mine ? "before" : "other", steps: tr.steps.map((step) => step.toJSON()) };
  });
  const count = batches.reduce((sum, { steps }) => sum + steps.length, 0);
  return { undo: { version: 7, doc: doc.toJSON(), batches }, version: 7 + count, now };
}

const type = (before, text) => (tr, doc) => tr.insertText(text, find(doc, before));

function desk({ undo: way, version }) {
  return new Desk(replayed(way, version, make));
}

const takeBack = (page) => undo(page.state, (tr) => page.dispatch(tr));

test("it works", () => {
  const story = past(
    docOf(["hello"]),
    [true, 1000, type("o", "MINE")],
    [false, 2000, type("hell", "THEIRS")],
  );
  const page = desk(story);
  assert.ok(page.state.doc.eq(story.now));
  assert.equal(confirmed(page.state).version, story.version);
  assert.equal(sendable(page.state), null);
  takeBack(page);
  assert.equal(page.text, "THEIRShello");
  assert.equal(sendable(page.state).steps.length, 1);
});

test("changes of others cannot be undone", () => {
  const page = desk(past(docOf(["hello"]), [false, 1000, type("o", "THEIRS")]));
  assert.equal(undoDepth(page.state), 0);
});

test("typing in one go is one change, and a pause ends it", () => {
  const steps = [
    [true, 1000, type("o", "a")],
    [true, 1300, type("o", "b")],
    [true, 9000, type("o", "c")],
  ];
  const page = desk(past(docOf(["hello"]), ...steps));
  takeBack(page);
  assert.equal(page.text, "hellabo");
  takeBack(page);
  assert.equal(page.text, "hello");
});

test("a large change that was sent in pieces is one change", () => {
  const doc = docOf(["hello"]);
  const many = (count) => (tr) => {
    for (let n = 0; n < count; n += 1) tr.insertText("x", find(tr.doc, n % 2 ? "hell" : "o"));
  };
  const page = desk(past(doc, [true, 1000, many(500)], [true, 9000, many(500)], [true, 18_000, many(3)]));
  takeBack(page);
  assert.equal(page.text, "hello");
});

test("what is typed now is a change of its own", () => {
  const page = desk(past(docOf(["hello"]), [true, Date.now(), type("o", "a")]));
  page.edit((tr, doc) => tr.insertText("b", find(doc, "a") + 1));
  takeBack(page);
  assert.equal(page.text, "hellao");
});

test("batches that do not lead to the version are not believed", () => {
  const story = past(docOf(["hello"]), [true, 1000, type("o", "a")]);
  assert.equal(replayed(story.undo, story.version + 1, make), null);
  story.undo.batches[0].steps[0].from = 900;
  assert.equal(replayed(story.undo, story.version, make), null);
  assert.equal(textOf(story.now), "hellao");
});
