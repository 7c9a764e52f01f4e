import assert from "node:assert/strict";
import { test } from "node:test";
import { isRemote } from "../../../../static/src/js/editor/collab.js";
import { Authority } from "./authority.js";
import { diceOf, Moves } from "./fuzz_moves.js";
import { changedBy, Ledger } from "./ledger.js";
import { Page } from "./page.js";
import { docOf } from "./texts.js";
import { VirtualClock } from "./virtual_clock.js";

const PEOPLE = 5;
const MOVES_EACH = 600;
const OFFLINE_EVERY = 0.01;

class Person extends Page {
  isUndoing = false;

  constructor(options, ledger) {
    super(options);
    Object.assign(this, { ledger, client: options.client });
  }

  dispatch(tr) {
    const { doc } = this.state;
    super.dispatch(tr);
    const isDone = this.state.doc !== doc && !isRemote(tr);
    if (isDone) this.ledger.own(this.client, changedBy(tr), this.isUndoing);
  }

  run(command) {
    this.isUndoing = true;
    command(this.state, (tr) => this.dispatch(tr));
    this.isUndoing = false;
    this.link.edited();
  }
}

function weatherOf(random) {
  return {
    delay: () => random() * 60,
    copies: () => (random() < 0.02 ? 0 : random() < 0.05 ? 2 : 1),
    killsAfterAccepting: () => random() < 0.01,
  };
}

async function play(seed) {
  const random = diceOf(seed);
  const clock = new VirtualClock();
  const authority = new Authority(docOf(["hello", "there"], ["old friend", "of mine"]));
  const ledger = new Ledger();
  const people = Array.from({ length: PEOPLE }, (_, index) => {
    const own = { authority, clock, client: `p${index}`, weather: weatherOf(random), random };
    return new Person(own, ledger);
  });
  const moves = new Moves(random);
  for (let turn = 0; turn < PEOPLE * MOVES_EACH; turn += 1) {
    const person = people[Math.floor(random() * PEOPLE)];
    if (!person.line.connected && random() < 0.05) person.line.open();
    else if (random() < OFFLINE_EVERY / 5) person.line.cut();
    moves.make(person);
    await clock.pass(random() * 30);
  }
  for (const { line } of people) {
    line.weather = {};
    if (!line.connected) line.open();
  }
  await clock.pass(120_000);
  return { authority, people, ledger };
}

function idsOf(doc) {
  const ids = [];
  doc.descendants((node) => {
    if (node.isTextblock) ids.push(node.attrs.id);
    return !node.isTextblock;
  });
  return ids;
}

const SEEDS = (process.env.FUZZ_SEEDS ?? "1").split(",").map(Number);

for (const seed of SEEDS) {
  test(`five people who get into each other's way lose nothing (${seed})`, async () => {
    const { authority, people, ledger } = await play(seed);
    for (const person of people) {
      assert.equal(person.stuck, null);
      assert.equal(person.link.pending, 0);
      assert.ok(person.state.doc.eq(authority.doc));
    }
    authority.doc.check();
    const ids = idsOf(authority.doc);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(ledger.lostFrom(authority.doc), []);
    assert.equal(ledger.meddled, 0);
    assert.ok(ledger.author.size > 500);
  });
}
