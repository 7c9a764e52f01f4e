import assert from "node:assert/strict";
import { test } from "node:test";
import { SAVED_MS, WINDOW_MS, WordStore } from "../../../../static/src/js/transcript/word_store.js";

const ROWS = [
  [0, 300, "hello"],
  [400, 300, "there"],
];

const ANSWER = { segments: { a: ROWS }, starts: { a: 2_000 } };

function server() {
  const asked = [];
  const fetchWords = async (from, to) => {
    asked.push([from, to]);
    return ANSWER;
  };
  return { asked, fetchWords };
}

test("it works", async () => {
  const { asked, fetchWords } = server();
  const store = new WordStore(fetchWords);
  assert.equal(store.wordsOf("a"), null);
  assert.equal(store.isLoaded(10), false);
  await store.ensure(10, 900);
  assert.deepEqual(asked, [[0, WINDOW_MS]]);
  assert.equal(store.isLoaded(10), true);
  assert.deepEqual(store.wordsOf("a"), [
    [2_000, 2_300, "hello"],
    [2_400, 2_700, "there"],
  ]);
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
    return ANSWER;
  };
  const store = new WordStore(failing, () => nowMs);
  await store.ensure(0, 1);
  await store.ensure(0, 1);
  assert.equal(calls, 1);
  nowMs += 6_000;
  await store.ensure(0, 1);
  assert.equal(calls, 2);
  assert.ok(store.wordsOf("a"));
});

test("an answer that comes after the text has changed is thrown away", async () => {
  let answer;
  const store = new WordStore(() => new Promise((resolve) => (answer = resolve)));
  const waiting = store.ensure(0, 1);
  store.clear();
  answer(ANSWER);
  await waiting;
  assert.equal(store.wordsOf("a"), null);
});

test("words are found by their time, also those of a segment that is gone", async () => {
  const store = new WordStore(server().fetchWords);
  await store.ensure(0, 1);
  assert.deepEqual(
    store.wordsBetween(2_500, 9_000).map(([key]) => key),
    ["a"],
  );
  assert.deepEqual(store.wordsBetween(2_800, 9_000), []);
});

test("a segment that came later is asked for once", async () => {
  const { asked, fetchWords } = server();
  const store = new WordStore(fetchWords);
  store.ensureNew("b", 10);
  await store.ensure(0, 1);
  store.ensureNew("b", 10);
  store.ensureNew("b", 10);
  store.ensureNew("a", 10);
  await store.ensure(0, 1);
  assert.equal(asked.length, 2);
});

test("where the text was changed the words are asked for again, once it has been saved", async () => {
  let nowMs = 1_000_000;
  let answer = ANSWER;
  let calls = 0;
  const store = new WordStore(
    async () => {
      calls += 1;
      if (answer === null) throw new Error("no server");
      return answer;
    },
    () => nowMs,
  );
  const settled = () => new Promise((done) => setTimeout(done));
  await store.ensure(0, 1);
  const { revision } = store;
  store.outdate(2_000);
  await store.ensure(0, 1);
  assert.equal(calls, 1);
  nowMs += SAVED_MS;
  answer = null;
  await store.ensure(0, 1);
  await settled();
  assert.deepEqual([calls, store.wordsOf("a").length, store.isLoaded(0)], [2, 2, true]);
  nowMs += SAVED_MS;
  answer = { segments: { b: [[0, 300, "hello"]] }, starts: { b: 2_000 } };
  await store.ensure(0, 1);
  await settled();
  assert.deepEqual([calls, store.wordsOf("a"), store.wordsOf("b")], [3, null, [[2_000, 2_300, "hello"]]]);
  assert.ok(store.revision > revision);
  await store.ensure(0, 1);
  assert.equal(calls, 3);
});
