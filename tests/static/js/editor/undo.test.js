import assert from "node:assert/strict";
import { test } from "node:test";
import { receive, sendable } from "../../../../static/src/js/editor/collab.js";
import { redo, undo } from "../../../../static/src/js/editor/undo.js";
import { Desk, docOf, find, stateOf } from "./texts.js";

/** One's own page, on which others may write too. */
class Shared extends Desk {
  constructor(...texts) {
    super(stateOf(docOf(texts)));
  }

  confirm() {
    const { steps, client } = sendable(this.state);
    this.dispatch(
      receive(
        this.state,
        steps,
        steps.map(() => client),
      ),
    );
  }

  theirs(change) {
    const { steps } = change(this.state.tr, this.state.doc);
    this.dispatch(
      receive(
        this.state,
        steps,
        steps.map(() => "other"),
      ),
    );
  }

  run(command) {
    return command(this.state, (tr) => this.dispatch(tr));
  }
}

const type = (before, text) => (tr, doc) => tr.insertText(text, find(doc, before));

test("it works", () => {
  const page = new Shared("hello");
  page.edit(type("o", "MINE"));
  page.confirm();
  page.theirs(type("hell", "THEIRS"));
  page.run(undo);
  assert.equal(page.text, "THEIRShello");
  page.run(redo);
  assert.equal(page.text, "THEIRShellMINEo");
});

test("what others typed inside one's own text stays, and so does that text", () => {
  const page = new Shared("hello");
  page.edit(type("o", "MINE"));
  page.confirm();
  page.theirs(type("NE", "THEIRS"));
  page.run(undo);
  assert.equal(page.text, "hellMITHEIRSNEo");
});

test("the rest of the change is taken back all the same", () => {
  const page = new Shared("hello");
  page.edit((tr, doc) => tr.insertText("MINE", find(doc, "o")).insertText("START", find(doc, "hello")));
  page.confirm();
  page.theirs(type("NE", "THEIRS"));
  page.run(undo);
  assert.equal(page.text, "hellMITHEIRSNEo");
});

test("a deletion that is done again spares what others typed into it meanwhile", () => {
  const page = new Shared("hello");
  page.edit((tr, doc) => tr.delete(find(doc, "ell"), find(doc, "ell") + 3));
  page.run(undo);
  page.confirm();
  page.theirs(type("l", "THEIRS"));
  page.run(redo);
  assert.equal(page.text, "heTHEIRSllo");
});

test("an attribute that others set since is left alone, until one sets it oneself", () => {
  const page = new Shared("hello");
  const at = page.state.doc.firstChild.nodeSize + 1;
  const set = (speaker) => (tr) => tr.setNodeAttribute(at, "speaker", speaker);
  const speaker = () => page.state.doc.nodeAt(at).attrs.speaker;
  page.edit(set("speaker_2"));
  page.confirm();
  page.theirs(set("speaker_3"));
  page.run(undo);
  assert.equal(speaker(), "speaker_3");
  page.edit(set("speaker_4"));
  page.run(undo);
  assert.equal(speaker(), "speaker_3");
});

test("text of others that is gone is no reason to hold back", () => {
  const page = new Shared("hello");
  page.edit(type("o", "MINE"));
  page.confirm();
  page.theirs(type("NE", "X"));
  page.theirs((tr, doc) => tr.delete(find(doc, "X"), find(doc, "X") + 1));
  page.run(undo);
  assert.equal(page.text, "hello");
});
