import assert from "node:assert/strict";
import { test } from "node:test";
import { confirmed, receive } from "../../../../static/src/js/editor/collab.js";
import { EditQueue } from "../../../../static/src/js/editor/edit_queue.js";
import { MemoryEditStore } from "./memory_store.js";
import { Desk, docOf, find, stateOf } from "./texts.js";

const OWNER = { client: "me", code: "abc", person: "1" };

function typist() {
  const store = new MemoryEditStore();
  const queue = new EditQueue({ store, owner: OWNER, now: () => 5 });
  const desk = new Desk(stateOf(docOf(["hello world"])));
  const type = (text) => desk.edit((tr, doc) => tr.insertText(text, find(doc, "world")));
  const write = () => queue.write(confirmed(desk.state));
  const kept = async () => (await store.queues("abc", "1"))[0];
  return { store, queue, desk, type, write, kept };
}

const typed = ({ steps }) => steps.map(({ json }) => json.slice.content[0].text);

test("it works", async () => {
  const { type, write, kept } = typist();
  type("a");
  await write();
  const { version, schema, at, steps, client } = await kept();
  assert.deepEqual([version, schema, at, client], [0, 1, 5, "me"]);
  assert.equal(steps.length, 1);
  assert.equal(steps[0].removed, "");
});

test("only what is new is written", async () => {
  const { store, type, write, kept } = typist();
  const written = [];
  const write0 = store.write.bind(store);
  store.write = (queue, change) => {
    written.push(change.steps.length);
    return write0(queue, change);
  };
  for (const text of ["a", "b"]) type(text);
  await write();
  for (const text of ["c", "d", "e"]) type(text);
  await write();
  assert.deepEqual(written, [2, 3]);
  assert.deepEqual(typed(await kept()), ["a", "b", "c", "d", "e"]);
});

test("what is confirmed goes, and the rest stays", async () => {
  const { desk, type, write, kept } = typist();
  for (const text of ["a", "b", "c"]) type(text);
  await write();
  const { mine } = confirmed(desk.state);
  desk.dispatch(receive(desk.state, [mine[0].step], ["me"]));
  type("d");
  await write();
  assert.deepEqual(typed(await kept()), ["b", "c", "d"]);
  assert.equal((await kept()).version, 1);
});

test("what was put behind others is written anew", async () => {
  const { desk, type, write, kept } = typist();
  for (const text of ["a", "b"]) type(text);
  await write();
  const theirs = stateOf(docOf(["hello world"])).tr.insertText("XX", find(desk.state.doc, "hello")).steps;
  desk.dispatch(receive(desk.state, theirs, ["other"]));
  type("c");
  await write();
  const queue = await kept();
  assert.deepEqual(typed(queue), ["a", "b", "c"]);
  assert.equal(queue.steps[0].json.from, find(docOf(["hello world"]), "world") + 2);
});

test("nothing is kept when everything is confirmed", async () => {
  const { desk, type, write, kept } = typist();
  type("a");
  await write();
  desk.dispatch(receive(desk.state, [confirmed(desk.state).mine[0].step], ["me"]));
  await write();
  assert.equal(await kept(), undefined);
  type("b");
  await write();
  assert.deepEqual(typed(await kept()), ["b"]);
});

test("after a write that failed everything is written again", async () => {
  const { store, type, write, kept } = typist();
  store.isFull = true;
  type("a");
  await assert.rejects(write());
  store.isFull = false;
  type("b");
  await write();
  assert.deepEqual(typed(await kept()), ["a", "b"]);
});

test("what a deletion removed is kept beside it", async () => {
  const { desk, write, kept } = typist();
  desk.edit((tr, doc) => tr.delete(find(doc, "wor"), find(doc, "wor") + 3));
  await write();
  assert.equal((await kept()).steps[0].removed, "wor");
});

test("a queue that was taken over is replaced and forgotten", async () => {
  const { store, type, write, kept, desk } = typist();
  for (const text of ["a", "b", "c"]) type(text);
  await write();
  const next = new EditQueue({ store, owner: OWNER });
  next.takeOver();
  await next.write({ version: 9, mine: confirmed(desk.state).mine.slice(2) });
  assert.deepEqual(typed(await kept()), ["c"]);
  await next.write({ version: 10, mine: [] });
  assert.equal(await kept(), undefined);
});
