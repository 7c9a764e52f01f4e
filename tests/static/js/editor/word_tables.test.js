import assert from "node:assert/strict";
import { test } from "node:test";
import { WordTables } from "../../../../static/src/js/editor/word_tables.js";
import { Lines } from "../../../../static/src/js/transcript/lines.js";
import { SAVED_MS, WordStore } from "../../../../static/src/js/transcript/word_store.js";

const ROWS = [
  [0, 300, "good"],
  [400, 300, "morning"],
  [400, 300, "everybody"],
];
const BEHIND = [
  [0, 300, "thank"],
  [400, 300, "you"],
];

/** Tables of `lines`, where the server knows "a" from 1 s to 2.1 s and "b" from 3 s to 3.7 s. */
async function tables(...lines) {
  const answer = { segments: { a: ROWS, b: BEHIND }, starts: { a: 1_000, b: 3_000 } };
  const store = new WordStore(async () => answer);
  await store.ensure(0, 1);
  const text = new Lines(lines);
  return new WordTables(store, () => text);
}

const line = (key, startMs, endMs, text) => ({ key, startMs, endMs, text });

test("it works", async () => {
  const whole = line("a", 1_000, 2_100, "good morning everybody");
  const found = await tables(whole);
  const table = found.tableOf(whole);
  assert.deepEqual([...table.starts], [1_000, 1_400, 1_800]);
  assert.deepEqual([...table.froms], [0, 5, 13]);
  assert.equal(found.tableOf(whole), table);
});

test("before its words are loaded a line has no table", () => {
  const found = new WordTables(new WordStore(async () => ({})), () => new Lines([]));
  assert.equal(found.tableOf(line("a", 0, 1, "x")), null);
});

test("words that were not touched keep their exact times", async () => {
  const edited = line("a", 1_000, 2_100, "good old morning everybody");
  const { starts, froms } = (await tables(edited)).tableOf(edited);
  assert.deepEqual([starts[0], starts[2], starts[3]], [1_000, 1_400, 1_800]);
  assert.deepEqual([...froms], [0, 5, 9, 17]);
});

test("both halves of a split have their own words", async () => {
  const first = line("a", 1_000, 1_300, "good");
  const second = line("new", 1_400, 2_100, "morning everybody");
  const found = await tables(first, second);
  assert.deepEqual([...found.tableOf(first).starts], [1_000]);
  assert.deepEqual([...found.tableOf(second).starts], [1_400, 1_800]);
});

test("a joined segment has the words of both", async () => {
  const joined = line("a", 1_000, 3_700, "good morning everybody thank you");
  const { starts } = (await tables(joined)).tableOf(joined);
  assert.deepEqual([...starts], [1_000, 1_400, 1_800, 3_000, 3_400]);
});

test("words of a segment that still stands are not borrowed", async () => {
  const other = line("b", 3_000, 3_700, "thank you");
  const wide = line("a", 1_000, 3_700, "good morning everybody thank you");
  const { starts } = (await tables(wide, other)).tableOf(wide);
  assert.deepEqual([...starts].slice(0, 3), [1_000, 1_400, 1_800]);
  assert.ok(starts[3] < 3_000);
});

test("the server's answer takes the place of what was reckoned", async () => {
  let nowMs = 0;
  let rows = ROWS;
  const edited = line("a", 1_000, 2_100, "good old morning everybody");
  const store = new WordStore(
    async () => ({ segments: { a: rows }, starts: { a: 1_000 } }),
    () => nowMs,
  );
  await store.ensure(0, 1);
  const found = new WordTables(store, () => new Lines([edited]));
  assert.notEqual(found.tableOf(edited).starts[1], 1_333);
  rows = [
    [0, 300, "good"],
    [333, 50, "old"],
    [67, 300, "morning"],
    [400, 300, "everybody"],
  ];
  store.outdate(1_000);
  nowMs += SAVED_MS;
  await store.ensure(0, 1);
  await new Promise((done) => setTimeout(done));
  assert.deepEqual([...found.tableOf(edited).starts], [1_000, 1_333, 1_400, 1_800]);
});
