import assert from "node:assert/strict";
import { test } from "node:test";
import { FindElsewhere, TooSlowError } from "../../../../static/src/js/editor/find_elsewhere.js";

/** The edges of the browser: workers that wait to be answered, and a clock that is moved by hand. */
function edges() {
  const made = [];
  const timers = new Set();
  const makeWorker = () => {
    const worker = { sent: [], stopped: false };
    worker.postMessage = (message) => worker.sent.push(message);
    worker.terminate = () => {
      worker.stopped = true;
    };
    made.push(worker);
    return worker;
  };
  const after = (_ms, work) => {
    timers.add(work);
    return () => timers.delete(work);
  };
  const passTime = () => {
    for (const work of [...timers]) work();
  };
  return { made, timers, makeWorker, after, passTime };
}

test("it works", async () => {
  const world = edges();
  const search = new FindElsewhere(world);
  const asked = search.search(/a/gu, ["banana"]);
  assert.deepEqual(world.made[0].sent, [{ source: "a", flags: "gu", texts: ["banana"] }]);
  world.made[0].onmessage({ data: [[1, 2]] });
  assert.deepEqual(await asked, [[1, 2]]);
  assert.equal(world.timers.size, 0);
});

test("an endless expression is stopped, and the next search works", async () => {
  const world = edges();
  const search = new FindElsewhere(world);
  const asked = search.search(/(a+)+$/gu, ["aaaa!"]);
  world.passTime();
  await assert.rejects(asked, TooSlowError);
  assert.ok(world.made[0].stopped);
  const again = search.search(/a/gu, ["a"]);
  world.made[1].onmessage({ data: [[0, 1]] });
  assert.deepEqual(await again, [[0, 1]]);
});

test("a newer search ends an older one", async () => {
  const world = edges();
  const search = new FindElsewhere(world);
  const older = search.search(/a/gu, ["a"]);
  const newer = search.search(/b/gu, ["b"]);
  assert.equal(await older, null);
  world.made[1].onmessage({ data: [[0, 1]] });
  assert.deepEqual(await newer, [[0, 1]]);
});

test("closing leaves nothing running", async () => {
  const world = edges();
  const search = new FindElsewhere(world);
  const asked = search.search(/a/gu, ["a"]);
  search.close();
  assert.equal(await asked, null);
  assert.ok(world.made[0].stopped);
  assert.equal(world.timers.size, 0);
});
