import assert from "node:assert/strict";
import { test } from "node:test";
import { redo, undo } from "prosemirror-history";
import { Fragment, Slice } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { confirmed, isRemote, receive, sendable } from "../../../../static/src/js/editor/collab.js";
import { schema } from "../../../../static/src/js/editor/schema.js";
import { Desk, docOf, find, stateOf, textOf } from "./texts.js";

/** The order of steps, as the server keeps it. */
class Order {
  steps = [];
  clients = [];

  take({ version, client, steps }) {
    if (version !== this.steps.length) return false;
    this.steps.push(...steps);
    this.clients.push(...steps.map(() => client));
    return true;
  }

  since(version) {
    return [this.steps.slice(version), this.clients.slice(version)];
  }
}

/** Two people with the same text; `first` is confirmed before `second` hears of it. */
function meet(doc, first, second, { more } = {}) {
  const order = new Order();
  const [a, b] = ["a", "b"].map((client) => new Desk(stateOf(doc, { client })));
  a.edit(first);
  b.edit(second);
  more?.(b);
  sync(order, a, b);
  assert.equal(a.text, b.text);
  assert.ok(a.state.doc.eq(b.state.doc));
  a.state.doc.check();
  return { a, b, order, refused: confirmed(b.state).refused };
}

function sync(order, ...desks) {
  for (let round = 0; round < 3; round += 1) {
    for (const desk of desks) {
      const { version } = confirmed(desk.state);
      desk.dispatch(receive(desk.state, ...order.since(version)));
      const parcel = sendable(desk.state);
      if (parcel) order.take(parcel);
    }
  }
}

const split = (needle, id) => (tr, doc) => {
  const at = find(doc, needle);
  const { attrs } = doc.resolve(at).parent;
  return tr.split(at, 1, [{ type: schema.nodes.segment, attrs: { ...attrs, id } }]);
};
const insert = (needle, text) => (tr, doc) => tr.insertText(text, find(doc, needle));
const remove = (text) => (tr, doc) => tr.delete(find(doc, text), find(doc, text) + text.length);
const removeSegment = (text) => (tr, doc) => {
  const place = doc.resolve(find(doc, text));
  return tr.delete(place.before(), place.after());
};
const join = (needle) => (tr, doc) => tr.join(doc.resolve(find(doc, needle)).before());
const joinGroups = (needle) => (tr, doc) => {
  const at = doc.resolve(find(doc, needle)).before(1);
  return tr.step(new ReplaceStep(at - 2, at + 2, Slice.empty, true));
};
const rename = (name) => (tr) => tr.setNodeAttribute(1, "name", name);
const replaceAll = (text) => (tr, doc) => {
  const segment = schema.nodes.segment.create({ id: "new" }, schema.text(text));
  const all = Fragment.from(schema.nodes.group.create(null, segment));
  return tr.replaceWith(doc.firstChild.nodeSize, doc.content.size, all);
};

const CASES = [
  [
    "types where somebody else splits before it",
    split("o worl", "n"),
    insert("worl", "NEW"),
    "hell¦o NEWworl",
    ["hello worl"],
  ],
  [
    "types in the second of two that were joined",
    join("second"),
    insert("nd", "NEW"),
    "firstsecoNEWnd",
    ["first", "second"],
  ],
  ["types inside what was deleted", remove("llo wo"), insert("o wo", "NEW"), "heNEWrl", ["hello worl"]],
  [
    "types in a segment that was deleted",
    removeSegment("gone"),
    insert("ne", "NEW"),
    "stays¦NEW",
    ["stays", "gone"],
  ],
  ["types where everything was replaced", replaceAll("XX"), insert("o", "NEW"), "XX‖NEW", ["hello"]],
  [
    "splits where somebody else splits",
    split("o worl", "n"),
    split("o worl", "m"),
    "hell¦¦o worl",
    ["hello worl"],
  ],
  ["joins what is joined already", join("second"), join("second"), "firstsecond", ["first", "second"]],
  [
    "types in one of two groups that were joined",
    joinGroups("second"),
    insert("nd", "NEW"),
    "firstsecoNEWnd",
    ["first"],
    ["second"],
  ],
  ["renames a voice while somebody types", insert("o", "NEW"), rename("Bo"), "hellNEWo", ["hello"]],
];

for (const [name, first, second, expected, ...groups] of CASES) {
  test(`nothing is lost by who ${name}`, () => {
    const { a, refused } = meet(docOf(...groups), first, second);
    assert.equal(a.text, expected);
    assert.equal(refused, 0);
  });
}

test("a deletion over words that its author never saw is refused and counted", () => {
  const { a, refused } = meet(docOf(["hello worl"]), insert("o wo", "NEW"), remove("llo wo"));
  assert.equal(a.text, "hellNEWo worl");
  assert.equal(refused, 1);
});

test("a segment in which somebody types is not deleted", () => {
  const { a, refused } = meet(docOf(["stays", "gone"]), insert("ne", "NEW"), removeSegment("gone"));
  assert.equal(a.text, "stays¦goNEWne");
  assert.equal(refused, 1);
});

test("replacing everything keeps what somebody else typed, and what replaces it", () => {
  const { a, refused } = meet(docOf(["hello"]), insert("lo", "NEW"), replaceAll("XX"));
  assert.match(a.text, /helNEWlo/);
  assert.match(a.text, /XX/);
  assert.equal(refused, 1);
});

test("typing over a selection keeps the new word when the deletion is refused", () => {
  const over = (tr, doc) => tr.insertText("there", find(doc, "world"), find(doc, "world") + 5);
  const { a, refused } = meet(docOf(["hello world"]), insert("rld", "NEW"), over);
  assert.equal(a.text, "hello therewoNEWrld");
  assert.equal(refused, 1);
});

test("deleting what somebody else already deleted in part is no refusal", () => {
  const { a, refused } = meet(docOf(["hello world"]), remove("lo wo"), remove("o world"));
  assert.equal(a.text, "hel");
  assert.equal(refused, 0);
});

test("typed text goes to a new segment where nothing is left", () => {
  const all = (tr, doc) => tr.delete(doc.firstChild.nodeSize, doc.content.size);
  const { a } = meet(docOf(["hello"]), all, insert("o", "NEW"));
  assert.equal(a.text, "NEW");
});

test("a segment made for it has a name, a voice and a moment", () => {
  const { a } = meet(docOf(["stays", "gone"]), removeSegment("gone"), insert("ne", "NEW"));
  const { id, ...attrs } = a.state.doc.resolve(find(a.state.doc, "NEW")).parent.attrs;
  assert.match(id, /^[\w-]{12}$/);
  assert.deepEqual(attrs, { speaker: "speaker_1", start_ms: 900, end_ms: 900, held: false });
});

test("a voice that is added survives a change of the others", () => {
  const add = (tr, doc) =>
    tr.insert(doc.firstChild.nodeSize - 1, schema.nodes.voice.create({ id: "speaker_2" }));
  const { a } = meet(docOf(["hello"]), rename("Bo"), add);
  assert.deepEqual(
    a.state.doc.firstChild.children.map(({ attrs }) => attrs.id),
    ["speaker_1", "speaker_2"],
  );
  assert.equal(a.state.doc.firstChild.firstChild.attrs.name, "Bo");
});

test("times and their flag are set in the segment that moved", () => {
  const time = (tr, doc) => {
    const at = doc.resolve(find(doc, "second")).before();
    return tr.setNodeAttribute(at, "start_ms", 5).setNodeAttribute(at, "held", true);
  };
  const { a } = meet(docOf(["first", "second"]), split("st", "n"), time);
  const { attrs } = a.state.doc.resolve(find(a.state.doc, "second")).parent;
  assert.deepEqual([attrs.start_ms, attrs.held], [5, true]);
});

test("undo takes back own changes only, and redo brings them again", () => {
  const { b, order, a } = meet(docOf(["hello worl"]), insert("o wo", "AAA"), insert("worl", "BBB"));
  undo(b.state, (tr) => b.dispatch(tr));
  assert.equal(b.text, "hellAAAo worl");
  redo(b.state, (tr) => b.dispatch(tr));
  assert.equal(b.text, "hellAAAo BBBworl");
  sync(order, a, b);
  assert.equal(a.text, b.text);
});

test("undo still works on a change that was put behind those of others", () => {
  const { b } = meet(docOf(["hello worl"]), split("o wo", "n"), insert("worl", "BBB"), {
    more: (desk) => desk.edit(remove("hell")),
  });
  assert.equal(b.text, "¦o BBBworl");
  undo(b.state, (tr) => b.dispatch(tr));
  undo(b.state, (tr) => b.dispatch(tr));
  assert.equal(b.text, "hell¦o worl");
});

test("the caret stays before what somebody else types at it", () => {
  const doc = docOf(["hello"]);
  const [order, a] = [new Order(), new Desk(stateOf(doc, { client: "a" }))];
  const b = new Desk(stateOf(doc, { client: "b" }));
  b.edit((tr) => tr.setSelection(TextSelection.create(doc, find(doc, "lo"))));
  a.edit(insert("lo", "AAA"));
  sync(order, a, b);
  assert.equal(b.state.selection.head, find(b.state.doc, "AAA"));
});

test("own steps that come back are confirmed and change nothing", () => {
  const desk = new Desk(stateOf(docOf(["hello"])));
  desk.edit(insert("o", "NEW"));
  const { version, client, steps } = sendable(desk.state);
  const tr = receive(desk.state, steps, [client]);
  assert.ok(isRemote(tr) && !tr.docChanged);
  desk.dispatch(tr);
  assert.equal(sendable(desk.state), null);
  assert.equal(confirmed(desk.state).version, version + 1);
});

test("a step that does not fit is an error, not a guess", () => {
  const state = stateOf(docOf(["hello"]));
  const step = new ReplaceStep(90, 95, Slice.empty);
  assert.throws(() => receive(state, [step], ["other"]));
  assert.equal(textOf(state.doc), "hello");
});

test("another step than the one that was sent is not taken for it", () => {
  const desk = new Desk(stateOf(docOf(["hello"]), { client: "a" }));
  desk.edit((tr, doc) => tr.insertText("x", find(doc, "hello")));
  const [{ step }] = confirmed(desk.state).mine;
  const other = new ReplaceStep(step.from + 1, step.to + 1, step.slice);
  assert.throws(() => receive(desk.state, [other], ["a"]));
  assert.doesNotThrow(() => receive(desk.state, [step], ["a"]));
});

test("what a paste had further than it reaches by now is no reason to stop", () => {
  const { segment } = schema.nodes;
  const lines = ["x", "y", "z"].map((text) => segment.create({ id: text }, schema.text(text)));
  const pasted = (tr, doc) => {
    const border = find(doc, "cd") - 1;
    return tr
      .insert(border, lines)
      .insertText("w", border + 1)
      .delete(border + 7, border + 10);
  };
  const { a } = meet(
    docOf(["ab", "cd"]),
    (tr, doc) => tr.delete(find(doc, "ab"), find(doc, "cd") + 2),
    pasted,
  );
  for (const text of ["w", "x", "y"]) assert.ok(a.text.includes(text), a.text);
});
