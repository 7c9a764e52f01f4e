import assert from "node:assert/strict";
import { test } from "node:test";
import { confirmed } from "../../../../static/src/js/editor/collab.js";
import { Authority } from "./authority.js";
import { httpOf, Page } from "./page.js";
import { docOf, find, textOf } from "./texts.js";
import { VirtualClock } from "./virtual_clock.js";

const type = (before, text) => (tr, doc) => tr.insertText(text, find(doc, before));
const remove = (text) => (tr, doc) => tr.delete(find(doc, text), find(doc, text) + text.length);

/** Pages with the same text; they are connected unless a test does it. */
function meet(options = {}, ...others) {
  const clock = new VirtualClock();
  const authority = new Authority(docOf(["hello world", "second"]));
  const pages = [options, ...others].map(
    (own, index) => new Page({ authority, clock, client: `client${index}`, ...own }),
  );
  for (const page of pages) page.line.open();
  return { clock, authority, pages, a: pages[0], b: pages[1] };
}

const pushesOf = (page) => page.line.sent.filter((message) => message.type === "push");
const pullsOf = (page) => page.line.sent.filter((message) => message.type === "pull");

async function isSame({ clock, authority, pages }, expected) {
  await clock.pass(60_000);
  for (const page of pages) {
    assert.equal(page.stuck, null);
    assert.equal(page.link.pending, 0);
    assert.ok(page.state.doc.eq(authority.doc), `${page.text} is not ${textOf(authority.doc)}`);
  }
  if (expected) assert.equal(textOf(authority.doc), expected);
}

test("it works", async () => {
  const room = meet({}, {});
  room.a.edit(type("world", "my "));
  await isSame(room, "hello my world¦second");
});

test("typing goes out together, when it pauses or four times a second", async () => {
  const { clock, a } = meet();
  for (let n = 0; n < 40; n += 1) {
    a.edit(type("world", "x"));
    await clock.pass(25);
  }
  await clock.pass(1000);
  const pushes = pushesOf(a);
  assert.ok(pushes.length >= 3 && pushes.length <= 6, String(pushes.length));
  assert.equal(pushes.flatMap(({ steps }) => steps).length, 40);
});

test("it is written down before it is sent, and forgotten when it is confirmed", async () => {
  const { clock, a } = meet();
  let keptAtSend = 0;
  const send = a.line.send.bind(a.line);
  a.line.send = (message) => {
    if (message.type === "push") keptAtSend = a.queue.kept?.steps.length ?? 0;
    return send(message);
  };
  a.edit(type("world", "x"));
  await clock.pass(5000);
  assert.equal(keptAtSend, 1);
  assert.deepEqual(a.queue.kept, { version: 1, steps: [] });
});

test("what is typed while the browser writes is sent soon after", async () => {
  const room = meet();
  let finish = null;
  room.a.queue.write = () => new Promise((resolve) => (finish = resolve));
  room.a.edit(type("world", "1"));
  await room.clock.pass(100);
  room.a.edit(type("world", "2"));
  await room.clock.pass(300);
  for (let turn = 0; turn < 6; turn += 1) {
    finish();
    await room.clock.pass(500);
  }
  assert.equal(textOf(room.authority.doc), "hello 12world¦second");
});

test("a browser that cannot write does not keep anybody from working", async () => {
  const room = meet();
  room.a.queue.write = async () => {
    throw new DOMException("Full.", "QuotaExceededError");
  };
  room.a.edit(type("world", "x"));
  await isSame(room, "hello xworld¦second");
  assert.equal(room.a.link.isUnkept, true);
});

test("offline typing waits, is written down, and goes out together", async () => {
  const room = meet({}, {});
  room.a.line.cut();
  room.a.edit(type("world", "x"));
  room.b.edit(type("second", "y"));
  await room.clock.pass(5000);
  assert.equal(room.a.link.pending, 1);
  assert.equal(room.a.queue.kept.steps.length, 1);
  room.a.line.open();
  await isSame(room, "hello xworld¦ysecond");
});

test("one push is on its way at a time", async () => {
  const room = meet({ weather: { delay: () => 400 } });
  for (let n = 0; n < 30; n += 1) {
    room.a.edit(type("world", "x"));
    await room.clock.pass(100);
  }
  const rids = pushesOf(room.a).map(({ rid }) => rid);
  assert.ok(rids.length <= 5, String(rids.length));
  await isSame(room);
});

test("who comes second puts the own steps behind and sends them again", async () => {
  const room = meet({}, {});
  room.a.edit(type("world", "a"));
  room.b.edit(type("world", "b"));
  await isSame(room);
  assert.equal(textOf(room.authority.doc).length, "hello world¦second".length + 2);
});

test("who comes second at another place has nothing to send again", async () => {
  const room = meet({}, {});
  room.a.edit(type("hello", "A"));
  room.b.edit(type("second", "B"));
  room.b.edit(type("second", "C"));
  await isSame(room, "Ahello world¦BCsecond");
  assert.deepEqual(
    [room.a, room.b].map((page) => pushesOf(page).length),
    [1, 1],
  );
});

test("what is typed before the answer comes stands behind it as well", async () => {
  const room = meet({}, {});
  room.a.edit(type("hello", "A"));
  room.b.edit(type("second", "B"));
  await room.clock.pass(36);
  assert.equal(pushesOf(room.b).length, 1);
  room.b.edit(type("world", "C"));
  room.b.edit(type("second", "D"));
  await isSame(room, "Ahello Cworld¦BDsecond");
});

test("a server that dies between accepting and answering loses nothing and takes nothing twice", async () => {
  let isDeadly = true;
  const room = meet({ weather: { killsAfterAccepting: () => isDeadly } }, {});
  room.a.edit(type("world", "x"));
  await room.clock.pass(1000);
  assert.equal(room.a.line.connected, false);
  assert.equal(room.a.link.pending, 1);
  isDeadly = false;
  room.b.edit(type("second", "y"));
  room.a.line.open();
  await isSame(room, "hello xworld¦ysecond");
});

test("a push that is lost is found out and sent again", async () => {
  let copies = 0;
  const room = meet({ weather: { copies: () => copies } });
  room.a.edit(type("world", "x"));
  await room.clock.pass(1000);
  copies = 1;
  await isSame(room, "hello xworld¦second");
});

test("an answer that is lost is asked for", async () => {
  const room = meet({}, {});
  room.b.line.weather.copies = () => 0;
  room.a.edit(type("world", "x"));
  await room.clock.pass(2000);
  room.b.line.weather.copies = undefined;
  room.a.edit(type("world", "y"));
  await isSame(room, "hello xyworld¦second");
});

test("messages that come twice change nothing", async () => {
  const room = meet({ weather: { copies: () => 2 } }, { weather: { copies: () => 3 } });
  for (let n = 0; n < 10; n += 1) {
    room.a.edit(type("world", "a"));
    room.b.edit(type("second", "b"));
    await room.clock.pass(90);
  }
  await isSame(room);
  assert.match(textOf(room.authority.doc), /^hello a{10}world¦b{10}second$/);
});

test("steps that come before others that are missing make it ask", async () => {
  const { clock, authority, a } = meet({}, {});
  authority.lines.clear();
  for (const text of ["1", "2"]) {
    const v = authority.version;
    const step = a.state.tr.insertText(text, find(authority.doc, "hello")).steps[0].toJSON();
    authority.push({ v, client: "other", steps: [step] });
  }
  a.link.hear({ type: "steps", v: 1, steps: authority.steps.slice(1), clients: ["other"] });
  assert.equal(confirmed(a.state).version, 0);
  await clock.pass(1000);
  assert.equal(confirmed(a.state).version, 2);
  assert.ok(a.state.doc.eq(authority.doc));
});

test("an answer in several messages is not asked for in between", async () => {
  const { clock, authority, a } = meet();
  authority.lines.clear();
  for (const text of ["1", "2", "3"]) {
    const step = a.state.tr.insertText(text, find(authority.doc, "hello")).steps[0].toJSON();
    authority.push({ v: authority.version, client: "other", steps: [step] });
  }
  a.line.cut();
  a.line.open();
  const asked = pullsOf(a).length;
  for (const v of [0, 1, 2]) {
    a.link.hear({ type: "steps", v, steps: authority.steps.slice(v, v + 1), clients: ["other"] });
  }
  assert.equal(pullsOf(a).length, asked);
  await clock.pass(10_000);
  assert.ok(a.state.doc.eq(authority.doc));
});

test("what is too much for the socket is fetched", async () => {
  const { clock, authority, a } = meet();
  authority.lines.clear();
  const step = a.state.tr.insertText("x", find(authority.doc, "hello")).steps[0].toJSON();
  authority.push({ v: 0, client: "other", steps: [step] });
  a.link.hear({ type: "fetch", v: 1 });
  await clock.pass(100);
  assert.ok(a.state.doc.eq(authority.doc));
});

test("a large paste goes by POST", async () => {
  const room = meet({});
  for (let n = 0; n < 60; n += 1) {
    const { schema } = room.a.state;
    const line = schema.nodes.segment.create({ id: `p${n}` }, schema.text("é".repeat(10_000)));
    const change = (tr, doc) => tr.insert(doc.content.size - 1, line);
    room.a.edit(change);
  }
  await isSame(room);
  assert.ok(pushesOf(room.a).every(({ steps }) => JSON.stringify(steps).length < 900_000));
});

test("one step that no message can carry goes by POST", async () => {
  const room = meet({});
  const { schema } = room.a.state;
  const lines = Array.from({ length: 60 }, (_, n) =>
    schema.nodes.segment.create({ id: `p${n}` }, schema.text("é".repeat(10_000))),
  );
  room.a.edit((tr, doc) => tr.insert(doc.content.size - 1, lines));
  await isSame(room);
  assert.equal(pushesOf(room.a).length, 0);
});

test("a POST that loses the race, and one that does not arrive, are sent again", async () => {
  let failures = 2;
  const clock = new VirtualClock();
  const authority = new Authority(docOf(["hello"]));
  const real = httpOf(authority);
  const http = {
    ...real,
    push: async (push) => {
      failures -= 1;
      if (failures === 1) throw Object.assign(new Error(), { code: "unreachable", isFinal: false });
      if (failures === 0) throw Object.assign(new Error(), { code: "stale", detail: { v: push.v } });
      return real.push(push);
    },
  };
  const a = new Page({ authority, clock, http });
  a.line.open();
  const { schema } = a.state;
  const lines = Array.from({ length: 60 }, () =>
    schema.nodes.segment.create({}, schema.text("é".repeat(10_000))),
  );
  a.edit((tr, doc) => tr.insert(doc.content.size - 1, lines));
  await isSame({ clock, authority, pages: [a] });
});

test("many steps are sent in pieces", async () => {
  const room = meet({});
  room.a.edit((tr, doc) => {
    for (let n = 0; n < 1200; n += 1) tr.insertText("x", find(doc, "hello"));
    return tr;
  });
  await isSame(room);
  assert.deepEqual(
    pushesOf(room.a).map(({ steps }) => steps.length),
    [500, 500, 200],
  );
});

test("a rejected push stops everything and says why", async () => {
  const { clock, authority, a } = meet();
  authority.rejects = "bad_text";
  a.edit(type("world", "x"));
  await clock.pass(1000);
  assert.equal(a.stuck.code, "bad_text");
  a.edit(type("world", "y"));
  await clock.pass(10_000);
  assert.equal(pushesOf(a).length, 1);
  assert.equal(a.queue.kept.steps.length, 2);
});

test("a page of an older shape of the text keeps what was typed and sends nothing", async () => {
  const { clock, authority, a } = meet();
  a.line.cut();
  a.edit(type("world", "x"));
  authority.schema = 2;
  authority.build = "b2";
  a.line.open();
  await clock.pass(10_000);
  assert.equal(a.stuck.code, "old_schema");
  assert.equal(a.link.isOutdated, true);
  assert.equal(pushesOf(a).length, 0);
  assert.equal(a.queue.kept.steps.length, 1);
});

test("a page of an older build goes on working and knows it", async () => {
  const room = meet({});
  room.a.line.cut();
  room.authority.build = "b2";
  room.a.line.open();
  room.a.edit(type("world", "x"));
  await isSame(room, "hello xworld¦second");
  assert.equal(room.a.link.isOutdated, true);
});

test("a server that knows less than it confirmed is not overwritten", async () => {
  const { clock, authority, a } = meet();
  a.edit(type("world", "x"));
  await clock.pass(1000);
  authority.steps.length = 0;
  a.edit(type("world", "y"));
  await clock.pass(1000);
  assert.equal(a.stuck.code, "server_behind");
});

test("steps that do not fit are told, and nothing is sent after them", async () => {
  const { clock, a } = meet();
  const step = { stepType: "replace", from: 900, to: 901 };
  a.link.hear({ type: "steps", v: 0, steps: [step], clients: ["other"] });
  a.edit(type("world", "x"));
  await clock.pass(1000);
  assert.equal(a.stuck.constructor.name, "LostTrackError");
  assert.equal(pushesOf(a).length, 0);
});

test("deletions that were refused are counted", async () => {
  const room = meet({}, {});
  room.a.line.cut();
  room.a.edit(remove("lo wo"));
  room.b.edit(type("wor", "NEW"));
  await room.clock.pass(1000);
  room.a.line.open();
  await isSame(room, "hello NEWworld¦second");
  assert.equal(room.a.refused, 1);
});

test("nothing changes under a character that is being composed", async () => {
  const room = meet({}, {});
  room.a.link.catchUp.hold();
  room.b.edit(type("hello", "b"));
  room.a.edit(type("world", "に"));
  await room.clock.pass(3000);
  assert.equal(room.a.text, "hello にworld¦second");
  room.a.link.catchUp.release();
  await isSame(room, "bhello にworld¦second");
});

test("a closed link says and hears nothing", async () => {
  const { clock, a, b } = meet({}, {});
  a.edit(type("world", "x"));
  a.link.close();
  b.edit(type("second", "y"));
  await clock.pass(20_000);
  assert.equal(pushesOf(a).length, 0);
  assert.equal(a.text, "hello xworld¦second");
});

function dice(seed) {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Late, lost and doubled messages, and a server that dies at the worst moment. */
function badWeather(random) {
  return {
    delay: () => 5 + random() * 400,
    copies: () => [0, 1, 1, 1, 1, 2][Math.floor(random() * 6)],
    killsAfterAccepting: () => random() < 0.05,
  };
}

function breakOrMend({ line }, random) {
  if (!line.connected) line.open();
  else if (random() < 0.03) line.cut();
}

test("bad weather for a long time ends with the same text everywhere", async () => {
  const random = dice(7);
  const page = () => ({ weather: badWeather(random), random });
  const room = meet(page(), page(), page());
  for (let n = 0; n < 300; n += 1) {
    const one = room.pages[Math.floor(random() * 3)];
    one.edit(type("world", String(n % 10)));
    breakOrMend(one, random);
    await room.clock.pass(random() * 200);
  }
  for (const { line } of room.pages) {
    line.weather = {};
    if (!line.connected) line.open();
  }
  await isSame(room);
  assert.equal(textOf(room.authority.doc).length, "hello world¦second".length + 300);
});
