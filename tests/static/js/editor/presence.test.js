import assert from "node:assert/strict";
import { test } from "node:test";
import { confirmed, receive, sendable } from "../../../../static/src/js/editor/collab.js";
import { Presence } from "../../../../static/src/js/editor/presence.js";
import { Desk, docOf, find, stateOf } from "./texts.js";

class Page extends Desk {
  now = 0;
  presence = new Presence({ client: "me", now: () => this.now });

  constructor() {
    super(stateOf(docOf(["hello world"])));
  }

  dispatch(tr) {
    super.dispatch(tr);
    this.presence?.moved(tr, this.state);
  }

  theirs(text, before) {
    const { doc } = confirmedDoc(this.state);
    const { steps } = stateOf(doc).tr.insertText(text, find(doc, before));
    this.dispatch(receive(this.state, steps, ["other"]));
  }

  hear(change = {}) {
    const message = { client: "c1", user: "2", name: "Bo", hue: 3, from: 0, to: 0, v: 0, ...change };
    this.presence.heard(message, this.state);
  }

  /** What stands right of the caret of somebody else. */
  get rightOf() {
    const [{ at }] = this.presence.carets;
    return this.state.doc.textBetween(at, this.state.doc.content.size - 2);
  }
}

/** The text without what is not confirmed. */
function confirmedDoc(state) {
  const { tr } = state;
  for (const { inverted } of confirmed(state).mine.toReversed()) tr.step(inverted);
  return tr;
}

const world = (page) => find(confirmedDoc(page.state).doc, "world");

test("it works", () => {
  const page = new Page();
  page.hear({ to: world(page) });
  assert.deepEqual(page.presence.people, [{ user: "2", name: "Bo", hue: 3 }]);
  assert.equal(page.rightOf, "world");
});

test("a person with two pages is one person with two carets", () => {
  const page = new Page();
  page.hear();
  page.hear({ client: "c2" });
  page.hear({ client: "c3", user: "3", name: "Ana" });
  assert.deepEqual(
    page.presence.people.map(({ name }) => name),
    ["Ana", "Bo"],
  );
  assert.equal(page.presence.carets.length, 3);
});

test("one does not see oneself", () => {
  const page = new Page();
  page.hear({ client: "me" });
  assert.deepEqual(page.presence.people, []);
});

test("carets move with the text, and stay behind what is typed at them", () => {
  const page = new Page();
  page.hear({ to: world(page) });
  page.edit((tr, doc) => tr.insertText("my ", find(doc, "hello")));
  assert.equal(page.rightOf, "world");
  page.theirs("nice ", "world");
  assert.equal(page.rightOf, "world");
});

test("a caret of an earlier version is brought up to now", () => {
  const page = new Page();
  const at = world(page);
  page.theirs("oh ", "hello");
  page.edit((tr, doc) => tr.insertText("my ", find(doc, "hello")));
  page.hear({ to: at });
  assert.equal(page.rightOf, "world");
});

test("own steps that were confirmed meanwhile count, too", () => {
  const page = new Page();
  const at = world(page);
  page.edit((tr, doc) => tr.insertText("my ", find(doc, "hello")));
  const { steps } = sendable(page.state);
  page.dispatch(receive(page.state, steps, ["me"]));
  page.hear({ to: at });
  assert.equal(page.rightOf, "world");
});

test("a caret of a later version waits for the text", () => {
  const page = new Page();
  page.hear({ to: world(page) + 3, v: 1 });
  assert.equal(page.presence.people.length, 1);
  assert.deepEqual(page.presence.carets, []);
  page.theirs("oh ", "hello");
  assert.equal(page.rightOf, "world");
});

test("a caret of a version that nobody remembers is not shown", () => {
  const page = new Page();
  page.state = stateOf(page.state.doc, { version: 9 });
  page.hear({ to: 5, v: 2 });
  assert.deepEqual(page.presence.carets, []);
});

test("who leaves is gone, and so is who says nothing for long", () => {
  const page = new Page();
  page.hear();
  page.hear({ client: "c2", user: "3", name: "Ana" });
  page.presence.gone("c1");
  assert.deepEqual(
    page.presence.people.map(({ name }) => name),
    ["Ana"],
  );
  page.now = 24_000;
  assert.equal(page.presence.expire(), false);
  page.now = 26_000;
  assert.equal(page.presence.expire(), true);
  assert.deepEqual(page.presence.people, []);
});

test("one's own place is told as others know the text", () => {
  const page = new Page();
  page.edit((tr, doc) => tr.insertText("my ", find(doc, "world")));
  const { to, v } = Presence.ownPlace(page.state);
  assert.equal(v, 0);
  assert.ok(to <= world(page));
});
