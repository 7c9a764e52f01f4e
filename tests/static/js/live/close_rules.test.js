import assert from "node:assert/strict";
import { test } from "node:test";
import { closeRule, retryDelayMs } from "../../../../static/src/js/live/close_rules.js";

test("it works", () => {
  const rule = closeRule(1006);
  assert.deepEqual([rule.retry, rule.code], ["backoff", "offline"]);
  assert.equal(retryDelayMs("backoff", 1, 1), 500);
});

for (const [close, retry, code] of [
  [4001, "never", "taken_over"],
  [4012, "now", "restarting"],
  [4401, "slow", "sign_in"],
  [4403, "never", "not_allowed"],
  [4404, "never", "gone"],
  [4429, "slow", "busy"],
  [4507, "slow", "disk_full"],
  [4500, "backoff", "offline"],
]) {
  test(`${close}: ${code}`, () => {
    const rule = closeRule(close);
    assert.deepEqual([rule.retry, rule.code], [retry, code]);
    assert.match(rule.message, /\.$/);
  });
}

test("waiting doubles up to fifteen seconds, with jitter", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((failures) => retryDelayMs("backoff", failures, 1));
  assert.deepEqual(waits, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  assert.equal(retryDelayMs("backoff", 6, 0), 7_500);
});

test("a restarting server is asked at once, but only the first time", () => {
  assert.equal(retryDelayMs("now", 1, 1), 0);
  assert.equal(retryDelayMs("now", 2, 1), 1_000);
});

test("a server without room is asked at most every ten seconds", () => {
  assert.equal(retryDelayMs("slow", 1, 1), 10_000);
});
