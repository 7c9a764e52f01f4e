import assert from "node:assert/strict";
import { test } from "node:test";
import { Scope } from "../../../../static/src/js/lib/scope.js";
import { holdTake, isHeld } from "../../../../static/src/js/live/take_lock.js";

/** Web Locks as far as they are used: one holder, one who waits, and taking by force. */
class Locks {
  holders = new Map();
  waiting = [];

  async query() {
    return { held: [...this.holders.keys()].map((name) => ({ name })) };
  }

  request(name, options, work) {
    const isFree = !this.holders.has(name);
    if (options.steal) this.holders.get(name)?.reject(new DOMException("Stolen.", "AbortError"));
    if (isFree || options.steal) return this.#grant(name, work);
    if (options.ifAvailable) return Promise.resolve(work(null));
    return new Promise((resolve, reject) => {
      this.waiting.push(() => this.#grant(name, work).then(resolve, reject));
      options.signal.addEventListener("abort", () => reject(options.signal.reason));
    });
  }

  #grant(name, work) {
    return new Promise((resolve, reject) => {
      this.holders.set(name, { reject });
      Promise.resolve(work({ name })).then(() => {
        this.holders.delete(name);
        this.waiting.shift()?.();
        resolve();
      });
    });
  }
}

function tab(context, locks) {
  const scope = new Scope();
  context.after(() => scope.close());
  const asked = [];
  const hold = (more = {}) => holdTake(scope, "take-1", { onAsked: () => asked.push(1), ...more }, locks);
  return { scope, asked, hold };
}

test("it works", async (context) => {
  const locks = new Locks();
  const [one, other] = [tab(context, locks), tab(context, locks)];
  assert.equal(await one.hold(), true);
  assert.equal(await isHeld("take-1", locks), true);
  assert.equal(await other.hold(), false);
  one.scope.close();
  await new Promise(setImmediate);
  assert.equal(await isHeld("take-1", locks), false);
});

test("a tab that is asked lets go in its own time", async (context) => {
  const locks = new Locks();
  const other = tab(context, locks);
  const scope = new Scope();
  const heard = new Promise((resolve) => {
    holdTake(scope, "take-1", { onAsked: resolve }, locks);
  });
  await new Promise(setImmediate);
  const had = other.hold({ ask: true });
  await heard;
  scope.close();
  assert.equal(await had, true);
});

test("a tab that does not answer is overruled, and hears of it", async (context) => {
  const locks = new Locks();
  const [one, other] = [tab(context, locks), tab(context, locks)];
  context.mock.method(AbortSignal, "timeout", () => AbortSignal.abort());
  await one.hold();
  locks.request = new Proxy(locks.request, {
    apply: (request, self, [name, options, work]) =>
      options.signal ? Promise.reject(options.signal.reason) : request.call(self, name, options, work),
  });
  assert.equal(await other.hold({ ask: true }), true);
  assert.ok(one.asked.length >= 1);
});

test("a browser without locks records anyway", async () => {
  assert.equal(await holdTake(new Scope(), "take-1", { onAsked: () => {} }, null), true);
});
