import assert from "node:assert/strict";
import { test } from "node:test";
import { nextRow } from "../../../../static/src/js/history/step_through.js";

const window = { line: 80, height: 800 };

test("it works", () => {
  assert.equal(nextRow([100, 300, 500], -1, 1, window), 0);
  assert.equal(nextRow([80, 300, 500], 0, 1, window), 1);
  assert.equal(nextRow([-120, 80, 300], 1, -1, window), 0);
});

test("at the ends there is nothing more", () => {
  assert.equal(nextRow([-300, -100, 80], 2, 1, window), -1);
  assert.equal(nextRow([80, 300], 0, -1, window), -1);
  assert.equal(nextRow([], -1, 1, window), -1);
  assert.equal(nextRow([], -1, -1, window), -1);
});

test("somebody who scrolled goes on from there", () => {
  assert.equal(nextRow([-900, -500, 400, 900], 0, 1, window), 2);
  assert.equal(nextRow([-900, -500, 400, 900], 3, -1, window), 1);
});

test("rows of a short page, which never reach the line, are stepped through all the same", () => {
  assert.equal(nextRow([240, 350, 460], 0, 1, window), 1);
  assert.equal(nextRow([240, 350, 460], 1, -1, window), 0);
});
