import assert from "node:assert/strict";
import { test } from "node:test";
import { moment, offers } from "../../../../static/src/js/live/unfinished_offers.js";

const now = new Date(2026, 10, 21, 13, 0);
const kept = {
  id: "take-one-1",
  recording: "abc",
  title: "Lecture 7",
  interruptedAt: new Date(2026, 10, 21, 12, 31).getTime(),
  capturedMs: 1_471_000,
  restMs: 0,
};
const open = {
  id: "take-two-2",
  recording: "def",
  title: "Town hall",
  seen_at: new Date(2026, 10, 21, 12, 5).toISOString(),
  offset: 180_000 * 32,
  connected: false,
};
const offered = (mine, theirs, more = {}) => offers(mine, theirs, { now, ...more });

test("it works", () => {
  const [first] = offered([kept], []);
  assert.equal(`${first.title} ${first.when}`, "Lecture 7 was interrupted at 12:31.");
  assert.equal(first.safe, "Everything is saved: 25 minutes.");
  assert.deepEqual([first.canContinue, first.canFinish], [true, true]);
});

test("a rest that is not on the server is named, and the take not finished without it", () => {
  const [first] = offered([{ ...kept, restMs: 34_000 }], []);
  assert.match(first.safe, /last 34 seconds are kept in this browser/);
  assert.deepEqual([first.canContinue, first.canFinish], [true, false]);
});

test("a take that never reached the server can only go on", () => {
  const [first] = offered([{ ...kept, recording: "", restMs: 9000 }], []);
  assert.deepEqual([first.canContinue, first.canFinish], [true, false]);
});

test("takes of other browsers can be finished", () => {
  const [first] = offered([], [open]);
  assert.match(first.when, /another browser and last heard of at 12:05/);
  assert.match(first.safe, /3 minutes|180 seconds/);
  assert.deepEqual([first.canContinue, first.canFinish], [false, true]);
});

test("what is being recorded is left alone", () => {
  assert.deepEqual(offered([], [{ ...open, connected: true }]), []);
  assert.deepEqual(offered([kept], [], { left: new Set([kept.id]) }), []);
});

test("a take of this browser is offered, though the server has not noticed that its page is gone", () =>
  assert.equal(offered([kept], [{ ...open, id: kept.id, connected: true }]).length, 1));

test("the same take is offered once, the newest first", () => {
  const both = offered([kept], [open, { ...open, id: kept.id }]);
  assert.deepEqual(
    both.map(({ title }) => title),
    ["Lecture 7", "Town hall"],
  );
});

test("moments stand inside a sentence", () => {
  assert.equal(moment(new Date(2026, 10, 20, 18, 2), now), "yesterday at 18:02");
  assert.equal(moment(new Date(2026, 10, 12, 8, 5), now), "on 12 Nov at 08:05");
});
