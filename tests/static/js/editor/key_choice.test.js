import assert from "node:assert/strict";
import { test } from "node:test";
import { KeyChoice } from "../../../../static/src/js/editor/key_choice.js";

const OTRANSCRIBE = { set: "otranscribe", changes: {} };

/** A browser's storage and a server that remembers, or cannot be reached. */
function world({ kept = {}, stored = { set: "voxweb", changes: {} } } = {}) {
  const storage = new Map(Object.entries(kept));
  const made = { storage, stored, isOnline: true };
  made.browser = { get: (key) => storage.get(key) ?? null, set: (key, value) => storage.set(key, value) };
  const reach = (answer) => (made.isOnline ? Promise.resolve(answer) : Promise.reject(new Error("offline")));
  made.server = {
    read: () => reach(made.stored),
    write: (data) => reach(data).then(() => Object.assign(made, { stored: structuredClone(data) })),
  };
  made.keys = () => new KeyChoice({ ...made, isMac: false });
  return made;
}

test("it works", async () => {
  const there = world({ stored: OTRANSCRIBE });
  const keys = there.keys();
  let changes = 0;
  keys.addEventListener("change", () => {
    changes += 1;
  });
  assert.equal(keys.bindings.commandOf(["Tab"], "text"), "toggle");
  await keys.load();
  assert.equal(keys.bindings.commandOf(["Tab"], "text"), null);
  assert.equal(changes, 1);
  assert.equal(there.keys().preference.set, "otranscribe", "at once on the next page");
});

test("a change holds at once and goes to the server", async () => {
  const there = world();
  await there.keys().choose(OTRANSCRIBE);
  assert.deepEqual(there.stored, OTRANSCRIBE);
  assert.equal(there.storage.get("voxweb:keys-unsent"), "");
});

test("what could not be sent is sent on the next visit, and not overwritten", async () => {
  const there = world();
  there.isOnline = false;
  await assert.rejects(there.keys().choose(OTRANSCRIBE));
  await there.keys().load();
  there.isOnline = true;
  await there.keys().load();
  assert.deepEqual(there.stored, OTRANSCRIBE);
});

test("a change made while the server was asked stays", async () => {
  const there = world({ stored: { set: "descript", changes: {} } });
  const keys = there.keys();
  const asked = keys.load();
  await keys.choose(OTRANSCRIBE);
  await asked;
  assert.deepEqual(keys.preference, OTRANSCRIBE);
});

test("broken storage is no keys", () => {
  for (const text of ["{", "null", "5", "[]"]) {
    assert.deepEqual(world({ kept: { "voxweb:keys": text } }).keys().preference, {
      set: "voxweb",
      changes: {},
    });
  }
});
