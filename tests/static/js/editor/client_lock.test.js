import assert from "node:assert/strict";
import { test } from "node:test";
import { holdClient } from "../../../../static/src/js/editor/client_lock.js";
import { Scope } from "../../../../static/src/js/lib/scope.js";

/** Web Locks of one browser. */
class Locks {
  held = new Set();

  async request(name, { ifAvailable }, work) {
    assert.equal(ifAvailable, true);
    if (this.held.has(name)) return work(null);
    this.held.add(name);
    await work({ name });
    return this.held.delete(name);
  }
}

const BROWSERS = {
  "with locks": () => ({ navigator: { locks: new Locks() } }),
  "without TLS": () => ({ BroadcastChannel }),
};

for (const [name, browser] of Object.entries(BROWSERS)) {
  test(`${name}: a client has one page at a time`, async () => {
    const edges = browser();
    const [first, second] = [new Scope(), new Scope()];
    assert.equal(await holdClient(first, "c1", { isNew: true, edges }), true);
    assert.equal(await holdClient(second, "c1", { edges }), false);
    assert.equal(await holdClient(second, "c2", { edges }), true);
    first.close();
    await new Promise((done) => setImmediate(done));
    const third = new Scope();
    assert.equal(await holdClient(third, "c1", { edges }), true);
    for (const scope of [second, third]) scope.close();
  });
}
