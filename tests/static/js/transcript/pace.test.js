import assert from "node:assert/strict";
import { test } from "node:test";
import { pollDelayMs } from "../../../../static/src/js/transcript/pace.js";

test("it works", () => {
  assert.equal(pollDelayMs({ busy: true, hidden: false, failures: 0 }), 1_000);
  assert.equal(pollDelayMs({ busy: false, hidden: false, failures: 0 }), 20_000);
});

test("a hidden page asks less often", () => {
  assert.equal(pollDelayMs({ busy: true, hidden: true, failures: 0 }), 10_000);
});

test("failures back off up to a minute, spread by jitter", () => {
  const busy = { busy: true, hidden: false };
  assert.deepEqual(
    [1, 2, 3, 9].map((failures) => pollDelayMs({ ...busy, failures })),
    [2_000, 4_000, 8_000, 32_000],
  );
  assert.equal(pollDelayMs({ busy: false, hidden: false, failures: 9 }), 60_000);
  assert.equal(pollDelayMs({ ...busy, failures: 1, jitter: 1 }), 3_000);
  assert.equal(pollDelayMs({ ...busy, failures: 0, jitter: 1 }), 1_000);
});
