import assert from "node:assert/strict";
import { test } from "node:test";
import {
  refusedWords,
  rescueWords,
  spokenWords,
  syncWords,
} from "../../../../static/src/js/editor/sync_state.js";

const GOOD = {
  pending: 0,
  waiting: 0,
  connected: true,
  isOutdated: false,
  isUnkept: false,
  stuck: null,
  rescued: [],
  isReplacing: false,
  ended: null,
};

const CASES = [
  [{}, "saved", "Saved"],
  [{ pending: 3 }, "saving", "Saving…"],
  [{ connected: false }, "offline", "Offline"],
  [{ connected: false, pending: 1 }, "offline", "Offline, 1 change waits on this device"],
  [{ connected: false, pending: 10, waiting: 2 }, "offline", "Offline, 12 changes wait on this device"],
  [
    { connected: false, pending: 2, isUnkept: true },
    "offline",
    "Offline, 2 changes only on this page: keep it open",
  ],
  [{ waiting: 4 }, "waiting", "4 changes wait on this device"],
  [{ stuck: { code: "old_schema" } }, "outdated", "Reload to go on"],
  [{ stuck: { code: "old_schema" }, pending: 2 }, "outdated", "2 changes wait on this device"],
  [{ isReplacing: true, connected: false }, "saving", "Loading again…"],
  [{ ended: 4401, connected: false }, "ended", "Signed out"],
  [{ stuck: { status: 401 } }, "ended", "Signed out"],
  [{ ended: 4403 }, "ended", "No longer shared with you"],
  [{ rescued: [{}], connected: false, pending: 5 }, "unsaved", "Not saved"],
];

for (const [change, state, text] of CASES) {
  test(`${JSON.stringify(change)}: ${text}`, () => {
    assert.deepEqual(syncWords({ ...GOOD, ...change }), { state, text });
  });
}

test("trouble and its end are read aloud, ordinary saving is not", () => {
  assert.equal(spokenWords("saving", "Saving…", "saved"), "");
  assert.equal(spokenWords("saved", "Saved", "saving"), "");
  assert.equal(spokenWords("saved", "Saved", ""), "");
  assert.equal(spokenWords("offline", "Offline", "saving"), "Offline.");
  assert.equal(spokenWords("offline", "Offline, 1 change", "offline"), "");
  assert.equal(spokenWords("saved", "Saved", "offline"), "All changes are saved.");
});

test("refused deletions and rescued text are told in sentences", () => {
  assert.match(refusedWords(1), /^1 deletion was /);
  assert.match(refusedWords(2), /^2 deletions were /);
  assert.equal(
    rescueWords({ reason: "too_large", count: 9, texts: ["a"] }),
    "It was too much at once. This is what you typed:",
  );
  assert.match(rescueWords({ reason: "whatever", count: 1, texts: [] }), /1 change without new text/);
});
