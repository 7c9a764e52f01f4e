import assert from "node:assert/strict";
import { test } from "node:test";
import { offersFor, withUsed } from "../../../../static/src/js/editor/name_offers.js";
import { makeState } from "./cast.js";

const { doc } = makeState("abc", ["Ada", "", "Bob"]);
const offered = (choice) =>
  offersFor(doc, { typed: "", without: "a", used: [], library: [], ...choice }).map(({ name }) => name);

test("it works", () => {
  const offers = offersFor(doc, { typed: "", without: "a", used: [], library: ["Mary"] });
  assert.deepEqual(
    offers.map(({ name, voice }) => [name, voice?.id ?? null]),
    [
      ["Speaker 2", "b"],
      ["Bob", "c"],
      ["Mary", null],
    ],
  );
});

test("the last used names come first", () => {
  assert.deepEqual(offered({ used: ["bob", "Zoe"], library: ["Mary"] }), ["Bob", "Speaker 2", "Zoe", "Mary"]);
});

test("nobody is offered twice, nor the name that is there already", () => {
  assert.deepEqual(offered({ used: ["Zoe"], library: ["zoe", "ADA", "Bob"] }), ["Speaker 2", "Bob", "Zoe"]);
});

test("what is typed narrows them, and there are never many", () => {
  assert.deepEqual(offered({ typed: " BO", library: ["Jumbo", "Mary"] }), ["Bob", "Jumbo"]);
  assert.equal(offered({ library: Array.from({ length: 50 }, (_, index) => `Name ${index}`) }).length, 8);
});

test("used names are remembered once each, the latest first", () => {
  assert.deepEqual(withUsed(["Bob", "Ada"], " ada "), ["ada", "Bob"]);
  assert.deepEqual(withUsed(["Bob"], " "), ["Bob"]);
  assert.equal(
    withUsed(
      Array.from({ length: 12 }, (_, index) => `${index}`),
      "x",
    ).length,
    12,
  );
});
