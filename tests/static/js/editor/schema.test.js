import assert from "node:assert/strict";
import { test } from "node:test";
import { schema } from "../../../../static/src/js/editor/schema.js";

const doc = (...groups) => ({
  type: "doc",
  content: [{ type: "cast", content: [{ type: "voice", attrs: { id: "speaker_1" } }] }, ...groups],
});

const group = (...texts) => ({
  type: "group",
  content: texts.map((text, index) => ({
    type: "segment",
    attrs: { id: `s${index}`, speaker: "speaker_1", start_ms: index * 1000, end_ms: index * 1000 + 900 },
    content: text ? [{ type: "text", text }] : [],
  })),
});

const read = (json) => {
  const node = schema.nodeFromJSON(json);
  node.check();
  return node;
};

test("it works", () => {
  const made = read(doc(group("Good morning.", "Shall we start?")));
  assert.equal(made.textContent, "Good morning.Shall we start?");
  assert.deepEqual(
    { ...made.child(1).child(1).attrs },
    {
      id: "s1",
      speaker: "speaker_1",
      start_ms: 1000,
      end_ms: 1900,
      held: false,
    },
  );
});

test("a text may have no words yet", () => {
  assert.equal(read(doc()).childCount, 1);
  assert.equal(
    read(doc(group("")))
      .child(1)
      .child(0).childCount,
    0,
  );
});

test("there is exactly one cast, before everything else", () => {
  assert.throws(() => read({ type: "doc", content: [group("a")] }));
  assert.throws(() => read({ type: "doc", content: [...doc().content, ...doc().content] }));
});

test("a group is never empty, and holds segments only", () => {
  assert.throws(() => read(doc({ type: "group" })));
  assert.throws(() => read(doc({ type: "group", content: [{ type: "text", text: "a" }] })));
});

for (const attrs of [{ id: 7 }, { start_ms: "0" }, { held: 1 }, { speaker: null }]) {
  test(`${JSON.stringify(attrs)} is refused`, () => {
    const json = group("a");
    Object.assign(json.content[0].attrs, attrs);
    assert.throws(() => read(doc(json)), RangeError);
  });
}
