import assert from "node:assert/strict";
import { test } from "node:test";
import { insertPieces } from "../../../../../static/src/js/editor/commands/insert_pieces.js";
import { linesOf } from "../../../../../static/src/js/editor/pasted.js";
import { EDITOR, idsIn, linesIn, stateOf, timesIn } from "../marked_text.js";

function pasted(state, pieces) {
  const { tr } = state;
  assert.equal(insertPieces(tr, pieces, EDITOR), true);
  tr.doc.check();
  return tr;
}

test("it works", () => {
  const tr = pasted(stateOf(["a: good mor|ning"]), [{ text: "row and eve", isWhole: false }]);
  assert.deepEqual(linesIn(tr.doc), [["a: good morrow and evening"]]);
  assert.equal(tr.selection.$head.parentOffset, "good morrow and eve".length);
});

test("whole lines of ours stand between the halves, with their speakers and times", () => {
  const line = { text: "no", speaker: "b", name: "B", start_ms: 5_000, end_ms: 5_500, isWhole: true };
  const { doc } = pasted(stateOf(["a: good| morning"]), [line]);
  assert.deepEqual(linesIn(doc), [["a: good", "b: no", "a:  morning"]]);
  assert.deepEqual(timesIn(doc)[1], [5_000, 5_500]);
  assert.equal(new Set(idsIn(doc)).size, 3);
});

test("parts of lines at both ends melt into the halves", () => {
  const pieces = [
    { text: " one", speaker: "a", isWhole: false },
    { text: "two", speaker: "b", isWhole: true },
    { text: "three ", speaker: "a", isWhole: false },
  ];
  assert.deepEqual(linesIn(pasted(stateOf(["b: x|y"]), pieces).doc), [["b: x one", "b: two", "b: three y"]]);
});

test("an empty segment becomes what came first, and nothing empty is left behind", () => {
  const { doc } = pasted(stateOf(["a: |"]), [
    { text: "one", speaker: "b", isWhole: true },
    { text: "two", speaker: "a", isWhole: true },
  ]);
  assert.deepEqual(linesIn(doc), [["b: one", "a: two"]]);
});

test("a voice from another transcript is found by its name, or made", () => {
  const { doc } = pasted(stateOf(["a: x|"]), [
    { text: "one", speaker: null, name: "speaker 2", isWhole: true },
    { text: "two", speaker: null, name: "Amara", isWhole: true },
  ]);
  assert.equal(doc.firstChild.lastChild.attrs.name, "Amara");
  assert.deepEqual(linesIn(doc)[0].slice(0, 2), ["a: x", "b: one"]);
});

test("it starts a text that is empty", () => {
  const { doc } = pasted(stateOf(), linesOf("one\r\n\r\ntwo\nthree"));
  assert.deepEqual(linesIn(doc), [[": one", ": two", ": three"]]);
});

test("a megabyte comes in groups, in order, with times that never run backwards", () => {
  const lines = Array.from(
    { length: 20_000 },
    (_, number) => `line ${number} of a very long text with words`,
  );
  const { doc } = pasted(stateOf(["a: good |morning"]), linesOf(lines.join("\n")));
  assert.ok(doc.childCount > 400);
  assert.deepEqual(
    linesIn(doc)
      .flat()
      .slice(1, -1)
      .map((line) => line.slice(3)),
    lines,
  );
  assert.equal(new Set(idsIn(doc)).size, 20_002);
  const times = timesIn(doc).flat();
  assert.ok(times.every((ms, index) => index === 0 || ms >= times[index - 1]));
});

test("what would be too long for a segment stands in its own", () => {
  const { doc } = pasted(stateOf([`a: ${"x".repeat(19_990)}|`]), [{ text: "y".repeat(50), isWhole: false }]);
  assert.deepEqual(
    linesIn(doc)[0].map((line) => line.length - 3),
    [19_990, 50],
  );
});
