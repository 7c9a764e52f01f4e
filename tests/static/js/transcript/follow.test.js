import assert from "node:assert/strict";
import { test } from "node:test";
import { Follow, isOnScrollbar, scrollBy } from "../../../../static/src/js/transcript/follow.js";

test("it works", () => {
  const follow = new Follow();
  const heard = [];
  follow.onChange((following) => heard.push(following));
  follow.stop();
  follow.stop();
  follow.resume();
  assert.deepEqual(heard, [false, true]);
});

test("nobody is told after they stop listening", () => {
  const follow = new Follow();
  const heard = [];
  follow.onChange((following) => heard.push(following))();
  follow.stop();
  assert.deepEqual(heard, []);
});

test("a comfortable word does not move the page", () => {
  assert.equal(scrollBy({ top: 300, bottom: 325 }, { top: 100, bottom: 700 }), 0);
});

test("a word below or above is brought to the same height", () => {
  const view = { top: 100, bottom: 700 };
  assert.equal(scrollBy({ top: 690, bottom: 715 }, view), 690 - 280);
  assert.equal(scrollBy({ top: -500, bottom: -475 }, view), -500 - 280);
});

test("a press beyond the client area is on the scrollbar", () => {
  const box = { clientWidth: 900, clientHeight: 600 };
  assert.ok(isOnScrollbar({ target: box, offsetX: 905, offsetY: 10 }, box));
  assert.ok(!isOnScrollbar({ target: box, offsetX: 300, offsetY: 10 }, box));
  assert.ok(!isOnScrollbar({ target: {}, offsetX: 905, offsetY: 10 }, box));
});
