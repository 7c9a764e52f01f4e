import assert from "node:assert/strict";
import { test } from "node:test";
import { TextSelection } from "prosemirror-state";
import { schema } from "../../../../static/src/js/editor/schema.js";
import { segmentPlaces } from "../../../../static/src/js/editor/turns.js";
import {
  addVoice,
  assignNumber,
  CAST_META,
  cleanName,
  colourVoice,
  mergeVoices,
  nameEverywhere,
  nameTurn,
  removeVoice,
  renameVoice,
  splitToOther,
  voiceNamed,
  voicesOf,
} from "../../../../static/src/js/editor/voices.js";
import { makeState, posOf, run, select, speakersOf } from "./cast.js";

const shown = (state) => voicesOf(state.doc).map((voice) => voice.shown);
const hues = (state) => voicesOf(state.doc).map((voice) => voice.hue);
const isRefused = (state, command) => !command(state, () => assert.fail("it dispatched"));

function transactionOf(state, command) {
  let made;
  assert.equal(
    command(state, (tr) => {
      made = tr;
    }),
    true,
  );
  return made;
}

test("it works", () => {
  const state = makeState("aabab", ["", "Grace"]);
  assert.deepEqual(shown(run(state, renameVoice("a", " Ada  Lovelace "))), ["Ada Lovelace", "Grace"]);
  const here = run(state, nameTurn(posOf(state, 4), "Mary"));
  assert.deepEqual(shown(here), ["Speaker 1", "Grace", "Mary"]);
  assert.equal(speakersOf(here), "aab3b");
  assert.equal(speakersOf(run(state, nameTurn(posOf(state, 2), "grace"))), "bbbab");
});

test("a name taken away brings the number back, and the same name is no change", () => {
  const state = makeState("ab", ["Ada", ""]);
  assert.deepEqual(shown(run(state, renameVoice("a", "\u202e \n"))), ["Speaker 1", "Speaker 2"]);
  assert.ok(isRefused(state, renameVoice("a", "Ada")));
  assert.ok(isRefused(state, renameVoice("b", "Speaker 2")));
  assert.ok(isRefused(state, renameVoice("nobody", "x")));
  assert.ok(isRefused(state, nameTurn(posOf(state, 1), " ")));
  assert.ok(isRefused(state, nameTurn(posOf(state, 1), "Ada")));
});

test("everywhere also joins two voices that are the same person, and names what nobody said", () => {
  const state = makeState("ab-x", ["Ada", "Bob"]);
  assert.deepEqual(shown(run(state, nameEverywhere("a", "Mary"))), ["Mary", "Bob"]);
  const joined = run(state, nameEverywhere("a", "BOB"));
  assert.deepEqual([shown(joined), speakersOf(joined)], [["Bob"], "bb-x"]);
  assert.deepEqual(shown(run(state, nameEverywhere("a", "ADA"))), ["ADA", "Bob"]);
  assert.equal(speakersOf(run(state, nameEverywhere("", "Bob"))), "abbb");
  const added = run(state, nameEverywhere("x", "Mary"));
  assert.deepEqual([shown(added), speakersOf(added)], [["Ada", "Bob", "Mary"], "ab33"]);
  assert.ok(isRefused(state, nameEverywhere("", " ")));
});

test("names are cleaned as the server cleans them", () => {
  assert.equal(cleanName(" a\u0000b\u2028c\u00a0d "), "a b c d");
  assert.equal(cleanName("😀".repeat(200)), "😀".repeat(120));
  assert.equal(voiceNamed(makeState("", ["", "Ada"]).doc, "SPEAKER 1").id, "a");
});

test("a number gives the selection to a voice, in one transaction", () => {
  const state = select(makeState("aab|ba"), 2, 4);
  assert.equal(speakersOf(run(state, assignNumber(1))), "aaaaa");
  assert.equal(speakersOf(run(state, assignNumber(2))), "abbba");
  assert.equal(speakersOf(run(state, assignNumber(0))), "a---a");
  assert.ok(isRefused(select(state, 1), assignNumber(1)));
});

test("with Shift it is the whole turn", () => {
  const state = select(makeState("aaab"), 2);
  assert.equal(speakersOf(run(state, assignNumber(2, { isTurn: true }))), "bbbb");
  assert.equal(speakersOf(run(state, assignNumber(2))), "abab");
});

test("the next free number adds a voice, others mean nobody", () => {
  const state = select(makeState("aab"), 3);
  const added = run(state, assignNumber(3));
  assert.equal(speakersOf(added), "aa3");
  assert.deepEqual(shown(added), ["Speaker 1", "Speaker 2", "Speaker 3"]);
  assert.ok(isRefused(state, assignNumber(4)));
  assert.equal(speakersOf(run(select(makeState("--", []), 1), assignNumber(1))), "1-");
});

test("merging moves every segment and takes the voice away", () => {
  const state = makeState("abc|cba", ["Ada", "Bob", ""]);
  const tr = transactionOf(state, mergeVoices("b", "c"));
  assert.equal(tr.getMeta(CAST_META), true);
  const after = state.apply(tr);
  assert.equal(speakersOf(after), "acccca");
  assert.deepEqual(shown(after), ["Ada", "Speaker 2"]);
  for (const [id, into] of [
    ["a", "a"],
    ["a", "x"],
    ["x", "a"],
  ]) {
    assert.ok(isRefused(state, mergeVoices(id, into)));
  }
});

test("colours stay when a voice before them goes", () => {
  const state = makeState("acca", ["", "", ""]);
  const after = run(state, removeVoice("b"));
  assert.deepEqual(hues(after), [1, 3]);
  assert.deepEqual(hues(run(after, addVoice())), [1, 3, 2]);
});

test("only a voice that nobody speaks with can be removed", () => {
  const state = makeState("ab", ["", "", ""]);
  assert.ok(isRefused(state, removeVoice("a")));
  assert.equal(transactionOf(state, removeVoice("c")).getMeta(CAST_META), true);
});

test("voices are coloured by hand", () => {
  const state = makeState("ab");
  assert.deepEqual(hues(run(state, colourVoice("b", 7))), [1, 7]);
  for (const hue of [0, 1, 9, 1.5, Number.NaN]) assert.ok(isRefused(state, colourVoice("a", hue)), hue);
  assert.ok(isRefused(state, colourVoice("x", 3)));
});

test("new voices have ids of their own and fit the schema", () => {
  const state = run(run(makeState("a"), addVoice("Mary")), addVoice("Mary"));
  const ids = voicesOf(state.doc).map(({ id }) => id);
  assert.equal(new Set(ids).size, 4);
  state.doc.check();
  assert.equal(voicesOf(run(makeState(""), addVoice()).doc).length, 3);
});

test("splitting gives the second part to whoever spoke before, or to somebody new", () => {
  const split = (tr) => {
    const attrs = { ...tr.selection.$from.parent.attrs, id: "new" };
    return tr.split(tr.selection.from, 1, [{ type: schema.nodes.segment, attrs }]);
  };
  const inside = (state, number) =>
    state.apply(state.tr.setSelection(TextSelection.create(state.doc, posOf(state, number) + 4)));
  assert.equal(speakersOf(run(inside(makeState("bca", ["", "", ""]), 3), splitToOther(split))), "bcac");
  assert.equal(speakersOf(run(inside(makeState("ab"), 1), splitToOther(split))), "abb");
  assert.equal(speakersOf(run(inside(makeState("aa"), 1), splitToOther(split))), "aba");
  const alone = run(inside(makeState("aa", [""]), 1), splitToOther(split));
  assert.equal(speakersOf(alone), "a2a");
  assert.equal(segmentPlaces(alone.doc)[1].node.attrs.id, "new");
  assert.equal(speakersOf(run(select(makeState("aab"), 2), splitToOther(split))), "abb");
  assert.ok(isRefused(makeState(""), splitToOther(split)));
});
