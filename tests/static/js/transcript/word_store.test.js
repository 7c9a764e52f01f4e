import assert from "node:assert/strict";
import { test } from "node:test";
import { WINDOW_MS, WordStore } from "../../../../static/src/js/transcript/word_store.js";

const LINE = { key: "a", startMs: 0, endMs: 1_000, text: "hello there" };
const ROWS = [
  [0, 300, "hello"],
  [400, 300, "there"],
];

function server(answers = { a: ROWS }) {
  const asked = [];
  const fetchWords = async (from, to) => {
    asked.push([from, to]);
    return answers;
  };
  return { asked, fetchWords };
}

test("it works", async () => {
  const { asked, fetchWords } = server();
  const store = new WordStore(fetchWords);
  assert.equal(store.tableOf(LINE), null);
  await store.ensure(10, 900);
  assert.deepEqual(asked, [[0, WINDOW_MS]]);
  assert.deepEqual([...store.tableOf(LINE).starts], [0, 400]);
  assert.equal(store.tableOf(LINE), store.tableOf(LINE));
});

test("a window is asked for once, also while it is on its way", async () => {
  const { asked, fetchWords } = server();
  const store = new WordStore(fetchWords);
  await Promise.all([store.ensure(0, 1), store.ensure(5, 6)]);
  await store.ensure(0, WINDOW_MS);
  assert.deepEqual(asked, [
    [0, WINDOW_MS],
    [WINDOW_MS, 2 * WINDOW_MS],
  ]);
});

test("a failed window is asked for again, but not at once", async () => {
  let nowMs = 1_000_000;
  let calls = 0;
  const failing = async () => {
    calls += 1;
    if (calls === 1) throw new Error("no server");
    return { a: ROWS };
  };
  const store = new WordStore(failing, () => nowMs);
  await store.ensure(0, 1);
  await store.ensure(0, 1);
  assert.equal(calls, 1);
  nowMs += 6_000;
  await store.ensure(0, 1);
  assert.equal(calls, 2);
  assert.ok(store.tableOf(LINE));
});

test("an answer that comes after the text has changed is thrown away", async () => {
  let answer;
  const store = new WordStore(() => new Promise((resolve) => (answer = resolve)));
  const waiting = store.ensure(0, 1);
  store.clear();
  answer({ a: ROWS });
  await waiting;
  assert.equal(store.tableOf(LINE), null);
});
