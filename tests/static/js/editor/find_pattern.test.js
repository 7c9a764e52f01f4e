import assert from "node:assert/strict";
import { test } from "node:test";
import { compile, replacer, spansIn } from "../../../../static/src/js/editor/find_pattern.js";

const found = (query, text) => {
  const spans = spansIn(compile(query).pattern, text);
  return spans.flatMap((from, n) => (n % 2 ? [] : [text.slice(from, spans[n + 1])]));
};
const replaced = (query, text, replacement) => {
  const { pattern } = compile(query);
  const [from, to] = spansIn(pattern, text);
  return replacer(pattern, replacement, Boolean(query.isRegex))(text, from, to);
};

test("it works", () => {
  assert.deepEqual(found({ text: "ann" }, "Ann and Anna, Hannah"), ["Ann", "Ann", "ann"]);
  assert.deepEqual(found({ text: "Ann", matchCase: true }, "Ann and Hannah"), ["Ann"]);
  assert.deepEqual(found({ text: "ann", wholeWord: true }, "Ann and Anna"), ["Ann"]);
  assert.deepEqual(found({ text: "An+a?", isRegex: true, matchCase: true }, "Ann Anna"), ["Ann", "Anna"]);
});

test("an expression that is not one is told in a sentence", () => {
  for (const text of ["(", "[a", "a{2,1}", "*", "a)|(b", "\\"]) {
    const { pattern, problem } = compile({ text, isRegex: true });
    assert.equal(pattern, null);
    assert.match(problem, /^This is not a regular expression yet: .+\.$/);
  }
});

test("plain text means itself", () => {
  for (const text of ["a.b", "(x)", "$5", "[?]", "a-b", "\\d", "^", "{1}", "/"]) {
    assert.deepEqual(found({ text }, `before ${text} after axb`), [text]);
  }
});

test("letters fold and have borders in every script", () => {
  assert.deepEqual(found({ text: "ÉCOLE" }, "une école"), ["école"]);
  assert.deepEqual(found({ text: "жук" }, "ЖУК жуки"), ["ЖУК", "жук"]);
  assert.deepEqual(found({ text: "жук", wholeWord: true }, "ЖУК жуки"), ["ЖУК"]);
  assert.deepEqual(found({ text: "für", wholeWord: true }, "für fürs dafür"), ["für"]);
  assert.deepEqual(found({ text: "σας" }, "ΣΑΣ"), ["ΣΑΣ"]);
});

test("a letter and its marks are found together, however they are written", () => {
  assert.deepEqual(found({ text: "caf\u00e9" }, "cafe\u0301"), ["cafe\u0301"]);
  assert.deepEqual(found({ text: "cafe\u0301" }, "caf\u00e9"), ["caf\u00e9"]);
  assert.deepEqual(found({ text: "cafe" }, "cafe\u0301"), []);
});

test("straight marks find the curly ones", () => {
  assert.deepEqual(found({ text: "don't" }, "I don\u2019t and don't"), ["don\u2019t", "don't"]);
  assert.deepEqual(found({ text: "10 km" }, "10\u00a0km"), ["10\u00a0km"]);
});

test("pairs of code units stay pairs, and nothing is no match", () => {
  assert.deepEqual(found({ text: ".", isRegex: true }, "a😀"), ["a", "😀"]);
  assert.deepEqual(found({ text: "x*", isRegex: true }, "a😀xx"), ["xx"]);
  assert.deepEqual(found({ text: "^|$", isRegex: true }, "abc"), []);
});

test("groups come back in the replacement, dollars in plain text stay dollars", () => {
  const name = { text: "(\\p{Lu}\\w+) (?<last>\\p{Lu}\\w+)", isRegex: true, matchCase: true };
  assert.equal(replaced(name, "by Ada Lovelace", "$2, $1"), "Lovelace, Ada");
  assert.equal(
    replaced(name, "by Ada Lovelace", "$<last> $& $$1 $3 $12"),
    "Lovelace Ada Lovelace $1 $3 Ada2",
  );
  assert.equal(replaced({ text: "(a)|(b)", isRegex: true }, "b", "[$1$2]"), "[b]");
  assert.equal(replaced({ text: "five" }, "five", "$5 $& $1"), "$5 $& $1");
});

test("looking around still works when the match is replaced", () => {
  assert.equal(replaced({ text: "(?<=Mr )smith", isRegex: true }, "Mr Smith", "Jones"), "Jones");
  assert.equal(replaced({ text: "ann", wholeWord: true }, "Hannah Ann", "Anne"), "Anne");
});

test("what does not stand there any more is not replaced", () => {
  assert.equal(replacer(compile({ text: "ann" }).pattern, "x", false)("Hello", 0, 3), null);
  assert.equal(replacer(compile({ text: "an+", isRegex: true }).pattern, "x", true)("annn", 0, 3), null);
});
