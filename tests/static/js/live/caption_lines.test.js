import assert from "node:assert/strict";
import { test } from "node:test";
import { CaptionLines } from "../../../../static/src/js/live/caption_lines.js";

const said = (key, start_ms, end_ms, text, speaker = "", hue = 0) => ({
  key,
  start_ms,
  end_ms,
  text,
  speaker,
  hue,
});
const texts = (lines) =>
  lines.paragraphs().map(({ items }) => items.map((item) => item.text ?? `⚑${item.note}`));

function heard(...finals) {
  const lines = new CaptionLines();
  for (const final of finals) lines.final(final);
  return lines;
}

test("it works", () => {
  const lines = heard(said("a", 0, 900, "The water is not lifted."));
  lines.caption({ start_ms: 1000, text: " It is pulled " });
  assert.deepEqual(texts(lines), [["The water is not lifted.", "It is pulled"]]);
  assert.deepEqual(
    lines.paragraphs()[0].items.map((item) => item.kind),
    ["text", "soft"],
  );
  lines.caption({ start_ms: 1000, text: "" });
  assert.deepEqual(texts(lines), [["The water is not lifted."]]);
});

test("another person, and a pause, begin a paragraph", () => {
  const lines = heard(
    said("a", 0, 900, "One.", "Ada", 1),
    said("b", 1000, 1900, "Two.", "Ada", 1),
    said("c", 2000, 2900, "Three.", "Kofi", 2),
    said("d", 9000, 9900, "Four.", "Kofi", 2),
  );
  assert.deepEqual(texts(lines), [["One.", "Two."], ["Three."], ["Four."]]);
  assert.deepEqual(
    lines.paragraphs().map(({ speaker, hue }) => [speaker, hue]),
    [
      ["Ada", 1],
      ["Kofi", 2],
      ["Kofi", 2],
    ],
  );
});

test("a paragraph does not grow for ever", () => {
  const long = "word ".repeat(90);
  assert.equal(heard(said("a", 0, 900, long), said("b", 900, 1800, "Next.")).paragraphs().length, 2);
});

test("provisional text takes the name it was given, else the last one", () => {
  const lines = heard(said("a", 0, 900, "One.", "Ada", 1), said("b", 1000, 1900, "Two.", "Kofi", 2));
  lines.caption({ start_ms: 2000, text: "and" });
  assert.deepEqual(texts(lines), [["One."], ["Two.", "and"]]);
  lines.caption({ start_ms: 2000, text: "and", speaker: "Ada" });
  assert.deepEqual(texts(lines), [["One."], ["Two."], ["and"]]);
  assert.equal(lines.paragraphs()[2].hue, 1);
});

test("the label of a voice becomes its name as soon as that is known", () => {
  const lines = heard(said("a", 0, 900, "One.", "Ada", 1));
  lines.caption({ start_ms: 1000, text: "two", speaker: "speaker_2" });
  assert.equal(lines.paragraphs()[1].speaker, "");
  lines.final(said("b", 1000, 1900, "Two.", "Kofi", 2));
  lines.caption({ start_ms: 2000, text: "three", speaker: "speaker_2" });
  assert.deepEqual(texts(lines), [["One."], ["Two.", "three"]]);
});

test("final text takes the place of what was provisional", () => {
  const lines = new CaptionLines();
  lines.caption({ start_ms: 100, text: "the water" });
  lines.final(said("a", 0, 900, "The water."));
  assert.deepEqual(texts(lines), [["The water."]]);
});

test("the same text told twice stands once, as it was told last", () => {
  const lines = heard(said("a", 0, 900, "The watter."), said("b", 900, 1800, "Yes."));
  lines.final(said("a", 0, 900, "The water."));
  assert.deepEqual(texts(lines), [["The water.", "Yes."]]);
});

test("text that comes late finds its place in time", () => {
  const lines = heard(said("b", 900, 1800, "Two."), said("a", 0, 900, "One."));
  assert.deepEqual(texts(lines), [["One.", "Two."]]);
});

test("a mark stays on its moment, whatever comes later", () => {
  const lines = heard(said("a", 0, 900, "One."));
  lines.mark({ key: "m", atMs: 1500 });
  assert.deepEqual(texts(lines), [["One.", "⚑"]]);
  lines.final(said("b", 1000, 1900, "Two."));
  lines.final(said("c", 1900, 2900, "Three."));
  lines.mark({ key: "m", atMs: 1500, note: "exam" });
  assert.deepEqual(texts(lines), [["One.", "Two.", "⚑exam", "Three."]]);
});

test("a mark moves into the paragraph that had begun when it was set", () => {
  const lines = heard(said("a", 0, 900, "One.", "Ada", 1));
  lines.mark({ key: "m", atMs: 1500 });
  lines.final(said("b", 1000, 1900, "Two.", "Kofi", 2));
  assert.deepEqual(texts(lines), [["One."], ["Two.", "⚑"]]);
});

test("a mark can stand alone, and is told from one the server has", () => {
  const lines = new CaptionLines();
  assert.ok(lines.isEmpty);
  lines.mark({ key: "m", atMs: 10 });
  assert.ok(!lines.isEmpty);
  assert.equal(lines.paragraphs()[0].items[0].sent, false);
  lines.marked("m");
  lines.marked("unknown");
  assert.equal(lines.paragraphs()[0].items[0].sent, true);
});

test("eight hours do not fill the page", () => {
  const lines = new CaptionLines();
  lines.mark({ key: "early", atMs: 1 });
  for (let n = 0; n < 5000; n += 1) lines.final(said(`k${n}`, n * 1000, n * 1000 + 900, "Word."));
  assert.ok(lines.trim());
  assert.ok(!lines.trim());
  assert.equal(texts(lines).flat().at(-1), "Word.");
  assert.equal(texts(lines).flat().length, 800);
});
