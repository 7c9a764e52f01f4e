import assert from "node:assert/strict";
import { test } from "node:test";
import { TextSelection } from "prosemirror-state";
import { spanOfSelection } from "../../../../static/src/js/editor/sounding_span.js";
import { timedState } from "./timed.js";

const state = timedState([
  [0, 3_000, "One two three"],
  [3_000, 5_000, "four five"],
]);
const TABLES = {
  s1: { starts: [0, 1_000, 2_000], ends: [900, 1_800, 2_900], froms: [0, 4, 8], tos: [3, 7, 13] },
  s2: { starts: [3_000, 4_000], ends: [3_900, 4_900], froms: [0, 5], tos: [4, 9] },
};
const wordsOf = ({ attrs }) => TABLES[attrs.id] ?? null;
/** Where the text of a segment begins: after the cast with one voice, the group, the segments before. */
const [FIRST, SECOND] = [5, 5 + "One two three".length + 2];

const selected = (from, to) => state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)));

test("it works", () => {
  const words = selected(FIRST + 4, FIRST + 10);
  assert.deepEqual(spanOfSelection(words, wordsOf), { fromMs: 1_000, toMs: 2_900 });
});

test("a selection over several segments goes from the first word to the last", () => {
  assert.deepEqual(spanOfSelection(selected(FIRST + 9, SECOND + 2), wordsOf), { fromMs: 2_000, toMs: 3_900 });
});

test("a segment whose words are not here counts as a whole", () => {
  assert.deepEqual(
    spanOfSelection(selected(FIRST + 4, FIRST + 7), () => null),
    { fromMs: 0, toMs: 3_000 },
  );
});

test("a caret selects nothing", () => {
  assert.equal(spanOfSelection(selected(FIRST + 4, FIRST + 4), wordsOf), null);
});
