import assert from "node:assert/strict";
import { test } from "node:test";
import { ProgressWatch } from "../../../../static/src/js/transcript/progress_watch.js";

/** A watch whose timers are run by hand; `answers` are progress objects or errors. */
function watch(answers) {
  const log = { delays: [], shown: [], lost: [] };
  let next = null;
  const made = new ProgressWatch({
    ask: async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    after: (ms, work) => {
      log.delays.push(ms);
      next = work;
      return () => {
        next = null;
      };
    },
    show: (progress) => log.shown.push(progress),
    lost: (error) => log.lost.push(error),
    isHidden: () => false,
  });
  return { made, log, run: () => next() };
}

const OPEN = { job: { can_cancel: true } };
const DONE = { job: { can_cancel: false } };
const refused = (status) => Object.assign(new Error("refused"), { status });

test("it works", async () => {
  const { made, log, run } = watch([OPEN, DONE]);
  made.start(true);
  await run();
  await run();
  assert.deepEqual(log.shown, [OPEN, DONE]);
  assert.deepEqual(log.delays, [1_000, 1_000, 20_000]);
});

test("failures back off and a success brings the pace back", async () => {
  const { made, log, run } = watch([refused(0), refused(500), OPEN]);
  made.start(true);
  await run();
  await run();
  await run();
  assert.ok(log.delays[1] >= 2_000 && log.delays[2] >= 4_000);
  assert.equal(log.delays[3], 1_000);
});

test("who may not look any more is told once", async () => {
  const { made, log, run } = watch([refused(404)]);
  made.start(true);
  await run();
  assert.equal(log.lost.length, 1);
  assert.equal(log.delays.length, 1);
});
