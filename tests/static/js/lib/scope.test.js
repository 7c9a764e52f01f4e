import assert from "node:assert/strict";
import { test } from "node:test";
import { Scope } from "../../../../static/src/js/lib/scope.js";

test("it works", () => {
  const scope = new Scope();
  const target = new EventTarget();
  let heard = 0;
  scope.listen(target, "ping", () => {
    heard += 1;
  });
  target.dispatchEvent(new Event("ping"));
  scope.close();
  target.dispatchEvent(new Event("ping"));
  assert.equal(heard, 1);
});

test("it undoes in reverse order, once", () => {
  const scope = new Scope();
  const undone = [];
  scope.add(() => undone.push("first"));
  scope.add(() => undone.push("second"));
  scope.close();
  scope.close();
  assert.deepEqual(undone, ["second", "first"]);
});

test("a closed scope undoes at once what is added", () => {
  const scope = new Scope();
  scope.close();
  let undone = false;
  scope.add(() => {
    undone = true;
  });
  assert.equal(undone, true);
  assert.equal(scope.signal.aborted, true);
});

test("children close with their parent, and alone", () => {
  const scope = new Scope();
  const [first, second] = [scope.child(), scope.child()];
  first.close();
  assert.equal(scope.closed, false);
  scope.close();
  assert.equal(second.closed, true);
});

test("timers end with the scope", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const scope = new Scope();
  let calls = 0;
  const count = () => {
    calls += 1;
  };
  scope.after(10, count);
  scope.every(10, count);
  context.mock.timers.tick(10);
  scope.close();
  context.mock.timers.tick(100);
  assert.equal(calls, 2);
});
