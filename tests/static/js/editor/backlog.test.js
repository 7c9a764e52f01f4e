import assert from "node:assert/strict";
import { test } from "node:test";
import { Backlog } from "../../../../static/src/js/editor/backlog.js";
import { confirmed } from "../../../../static/src/js/editor/collab.js";
import { EditQueue } from "../../../../static/src/js/editor/edit_queue.js";
import { after } from "../../../../static/src/js/lib/after.js";
import { Authority } from "./authority.js";
import { MemoryEditStore } from "./memory_store.js";
import { httpOf } from "./page.js";
import { Desk, docOf, find, stateOf, textOf } from "./texts.js";

const OWNER = { code: "abc", person: "1" };
const type = (before, text) => (tr, doc) => tr.insertText(text, find(doc, before));
const remove = (text) => (tr, doc) => tr.delete(find(doc, text), find(doc, text) + text.length);

/** A browser in which a page died after some changes, and a server that has gone on since. */
async function room({ mine = [type("world", "MINE")], theirs = [], hold = async () => true } = {}) {
  const authority = new Authority(docOf(["hello world", "second"]));
  const store = new MemoryEditStore();
  const dead = new Desk(stateOf(authority.doc, { client: "dead" }));
  for (const change of mine) dead.edit(change);
  const queue = new EditQueue({ store, owner: { client: "dead", ...OWNER }, now: () => 1 });
  await queue.write(confirmed(dead.state));
  for (const change of theirs) pushAs(authority, "other", change);
  const http = {
    ...httpOf(authority),
    read: async () => ({ version: authority.version, doc: authority.doc.toJSON() }),
  };
  const backlog = new Backlog({ store, http, wait: after, owner: OWNER, hold, now: () => 2 });
  return { authority, store, dead, http, backlog };
}

function pushAs(authority, client, change) {
  const { tr } = stateOf(authority.doc);
  change(tr, authority.doc);
  authority.push({ v: authority.version, client, steps: tr.steps.map((step) => step.toJSON()) });
}

test("it works", async () => {
  const { authority, store, backlog } = await room();
  await backlog.send();
  assert.equal(textOf(authority.doc), "hello MINEworld¦second");
  assert.equal(store.kept.size, 0);
  assert.equal(backlog.waiting, 0);
  assert.deepEqual(backlog.rescued, []);
});

test("it goes behind what others did since", async () => {
  const theirs = [type("hello", "THEIRS"), remove("wor"), type("second", "MORE")];
  const { authority, backlog } = await room({ mine: [type("world", "MI"), type("world", "NE")], theirs });
  await backlog.send();
  assert.equal(textOf(authority.doc), "THEIRShello MINEld¦MOREsecond");
});

test("what arrived already is not sent again", async () => {
  const { authority, dead, backlog } = await room({ mine: [type("world", "MI"), type("world", "NE")] });
  const [first] = confirmed(dead.state).mine;
  authority.push({ v: 0, client: "dead", steps: [first.step.toJSON()] });
  pushAs(authority, "other", type("second", "MORE"));
  await backlog.send();
  assert.equal(textOf(authority.doc), "hello MINEworld¦MOREsecond");
});

test("what the server put behind others already is not sent again", async () => {
  const mine = [type("world", "MI"), type("world", "NE"), type("NEworld", "!")];
  const { authority, dead, backlog } = await room({ mine, theirs: [type("second", "MORE")] });
  const steps = confirmed(dead.state).mine.map(({ step }) => step.toJSON());
  authority.push({ v: 0, client: "dead", steps: steps.slice(0, 2) }, { mayMove: true });
  assert.equal(textOf(authority.doc), "hello MINEworld¦MOREsecond");
  pushAs(authority, "other", type("hello", "AGAIN"));
  await backlog.send();
  assert.equal(textOf(authority.doc), "AGAINhello MI!NEworld¦MOREsecond");
});

test("it is written down anew before it is sent, so that dying again doubles nothing", async () => {
  const { authority, store, http, backlog } = await room({ theirs: [type("hello", "THEIRS")] });
  http.push = async (push) => {
    authority.push(structuredClone(push));
    throw Object.assign(new Error(), { code: "unreachable", status: 0 });
  };
  await backlog.send();
  assert.equal(backlog.waiting, 1);
  assert.equal(store.kept.size, 1);
  Object.assign(http, httpOf(authority));
  await backlog.send();
  assert.equal(textOf(authority.doc), "THEIRShello MINEworld¦second");
  assert.equal(store.kept.size, 0);
});

test("somebody who is faster at the last moment is no trouble", async () => {
  const { authority, http, backlog } = await room();
  const push = http.push;
  let isFirst = true;
  http.push = async (data) => {
    if (isFirst) pushAs(authority, "other", type("hello", "THEIRS"));
    isFirst = false;
    return push(data);
  };
  await backlog.send();
  assert.equal(textOf(authority.doc), "THEIRShello MINEworld¦second");
});

test("the queue of a page that is still open is left alone", async () => {
  const { authority, store, backlog } = await room({ hold: async () => false });
  await backlog.send();
  assert.equal(authority.version, 0);
  assert.equal(store.kept.size, 1);
});

test("deletions over new text of others are refused and counted", async () => {
  const { authority, backlog } = await room({ mine: [remove("lo wo")], theirs: [type("wor", "NEW")] });
  await backlog.send();
  assert.equal(textOf(authority.doc), "hello NEWworld¦second");
  assert.equal(backlog.refused, 1);
});

for (const error of [
  { code: "unreachable", status: 0 },
  { code: "signed_out", status: 401, isFinal: true },
]) {
  test(`${error.code}: it waits`, async () => {
    const { store, http, backlog } = await room();
    http.read = async () => {
      throw Object.assign(new Error(), error);
    };
    await backlog.send();
    assert.equal(backlog.waiting, 1);
    assert.equal(store.kept.size, 1);
  });
}

test("what the server rejects becomes rescued text, until somebody has seen it", async () => {
  const { authority, store, backlog } = await room();
  authority.rejects = "bad_text";
  await backlog.send();
  const [{ texts, reason, count, id, at }] = backlog.rescued;
  assert.deepEqual([texts, reason, count, at], [["MINE"], "bad_text", 1, 2]);
  assert.equal(store.kept.size, 0);
  const again = new Backlog({ store, http: {}, wait: after, owner: OWNER });
  await again.send();
  assert.equal(again.rescued.length, 1);
  await again.dismiss(id);
  assert.equal(store.saved.size, 0);
});

test("a queue of another shape of the text, or newer than the server, becomes rescued text", async () => {
  for (const change of [{ schema: 99 }, { version: 5 }]) {
    const { store, backlog } = await room();
    Object.assign(store.kept.get("dead"), change);
    await backlog.send();
    assert.deepEqual(backlog.rescued[0].texts, ["MINE"]);
  }
});

test("steps that nobody can read any more are told, not hidden", async () => {
  const { store, backlog } = await room();
  store.kept.get("dead").steps.set(0, { json: { stepType: "unheard of" }, removed: "" });
  await backlog.send();
  assert.equal(backlog.rescued.length, 1);
});

test("without a database there is nothing to send", async () => {
  const { backlog, store } = await room();
  store.queues = store.rescued = async () => {
    throw new DOMException("No.", "InvalidStateError");
  };
  await backlog.send();
  assert.equal(backlog.waiting, 0);
});
