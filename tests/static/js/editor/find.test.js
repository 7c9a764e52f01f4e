import assert from "node:assert/strict";
import { test } from "node:test";
import { Find } from "../../../../static/src/js/editor/find.js";
import { TooSlowError } from "../../../../static/src/js/editor/find_elsewhere.js";
import { spansIn } from "../../../../static/src/js/editor/find_pattern.js";
import { stateOf, written } from "./written.js";

const unasked = { search: () => assert.fail("plain text needs no worker") };
/** A worker that answers at once and counts the texts it was given. */
const worker = () => ({
  texts: 0,
  async search(pattern, texts) {
    this.texts += texts.length;
    return texts.map((text) => spansIn(new RegExp(pattern), text));
  },
});

test("it works", async () => {
  const find = new Find(unasked);
  const doc = written(["Kofi said no", "no"]);
  assert.ok(await find.look(doc, { text: "no" }));
  assert.equal(find.matches.length, 2);
  assert.ok(await find.look(doc, { text: "" }));
  assert.deepEqual(find.matches, []);
});

test("an expression is looked for elsewhere, and after an edit only what is new", async () => {
  const elsewhere = worker();
  const find = new Find(elsewhere);
  const state = stateOf(["one 1", "two 2", "three"]);
  await find.look(state.doc, { text: "\\d", isRegex: true });
  assert.equal(find.matches.length, 2);
  const edited = state.apply(state.tr.insertText("3", find.matches[1].from)).doc;
  await find.again(edited);
  assert.equal(find.matches.length, 3);
  assert.equal(elsewhere.texts, 4);
});

test("what is wrong is told, and nothing is found", async () => {
  const find = new Find(worker());
  await find.look(written(["a("]), { text: "(", isRegex: true });
  assert.match(find.problem, /not a regular expression/);
  assert.deepEqual(find.matches, []);
  await find.look(written(["a("]), { text: "(" });
  assert.equal(find.problem, "");
  assert.equal(find.matches.length, 1);
});

test("an expression that takes too long is told", async () => {
  const slow = { search: () => Promise.reject(new TooSlowError()) };
  const find = new Find(slow);
  await find.look(written(["aaaa"]), { text: "(a+)+b", isRegex: true });
  assert.match(find.problem, /too long/);
  assert.deepEqual(find.matches, []);
});

test("an older search does not come after a newer one", async () => {
  const find = new Find({ search: async () => null });
  assert.equal(await find.look(written(["a"]), { text: "a", isRegex: true }), false);
});
