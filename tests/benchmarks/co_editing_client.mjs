/**
 * Several people who edit one transcript at random through real sockets, with the page's own code.
 *
 * Reads one line of JSON, `{addresses, code, people: [{user, token}], operations, seed, pace_ms}`; says "ready" and
 * "resting" on the way; hears "killed" and "whole" of the web processes; ends with one line of JSON. Now and then a page
 * dies, and its person opens another one in the same browser.
 */

import { createInterface } from "node:readline";
import { history } from "prosemirror-history";
import { isRemote } from "../../static/src/js/editor/collab.js";
import { Editing } from "../../static/src/js/editor/editing.js";
import { errorFrom, RequestError } from "../../static/src/js/lib/http.js";
import { Scope } from "../../static/src/js/lib/scope.js";
import { PageSocket } from "../../static/src/js/watch/page_socket.js";
import { diceOf, Moves } from "../static/js/editor/fuzz_moves.js";
import { changedBy, Ledger } from "../static/js/editor/ledger.js";
import { MemoryEditStore } from "../static/js/editor/memory_store.js";
import { BadSocket, Network, RECOVERY_MS } from "./bad_network.mjs";

const OFFLINE = 1 / 400;
const OFFLINE_MS = 4_000;
const CRASH = 1 / 1_000;
/** What a page that dies may take along. */
const LAST_SECOND_MS = 1_000;
const SETTLE_MS = Number(process.env.SETTLE_MS ?? 240_000);

globalThis.window = new EventTarget();

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** One open page: what EditorView is to Editing. */
class HeadlessView {
  dom = new EventTarget();

  constructor(state, heard) {
    this.heard = heard;
    this.#begin(state);
  }

  hasFocus() {
    return true;
  }

  dispatch(tr) {
    const before = this.state;
    this.state = before.apply(tr);
    if (this.state.doc !== before.doc) this.heard(tr);
    for (const { update } of this.#views) update?.(this, before);
  }

  updateState(state) {
    this.#begin(state);
  }

  #begin(state) {
    this.state = state;
    this.#views = state.plugins.filter(({ spec }) => spec.view).map(({ spec }) => spec.view(this));
  }

  #views = [];
}

class Person {
  network = new Network();
  store = new MemoryEditStore();
  made = 0;
  crashes = 0;
  offline = 0;
  refused = 0;
  replaced = 0;
  /** Why pages could not go on. */
  reasons = [];
  isUndoing = false;
  madeAt = new Map();

  constructor({ user, token }, { room, random }) {
    Object.assign(this, { user, token, room, random });
  }

  async openPage() {
    const { addresses, code } = this.room;
    const scope = new Scope();
    this.address = addresses[Math.floor(this.random() * addresses.length)];
    const socket = new PageSocket({ url: "", open: () => this.#openSocket(), random: this.random });
    const editing = new Editing({
      api: `/api/v1/transcripts/${code}`,
      code,
      person: this.user,
      socket,
      canEdit: true,
      plugins: () => [history({ depth: 5_000, newGroupDelay: 500 })],
      scope,
      store: this.store,
    });
    editing.http.ask = (path, options) => this.#ask(path, options);
    scope.add(() => socket.close());
    socket.start();
    this.view = new HeadlessView(await editing.open(), (tr) => this.#changed(tr));
    editing.addEventListener("refused", ({ detail }) => {
      this.refused += detail.count;
    });
    editing.addEventListener("replaced", () => {
      this.replaced += 1;
    });
    scope.listen(editing, "sync", () => this.#note(editing.sync.stuck));
    editing.attach(this.view);
    Object.assign(this, { scope, editing, socket });
  }

  /** The page dies: what it had not written down is gone, the rest comes with the next page. */
  async crash() {
    const at = performance.now();
    const recent = [...this.madeAt].filter(([, made]) => at - made < LAST_SECOND_MS).map(([token]) => token);
    for (const token of recent) this.room.atRisk.add(token);
    this.crashes += 1;
    this.scope.close();
    await this.openPage();
  }

  get state() {
    return this.view.state;
  }

  get isSettled() {
    const { pending, waiting, stuck, connected } = this.editing.sync;
    return connected && !pending && !waiting && !stuck;
  }

  /** What a page sent for one that died may be on its way to the others. */
  async isUpToDate() {
    const { http, version } = this.editing;
    return (await http.stepsSince(version)).steps.length === 0 && this.editing.version === version;
  }

  edit(change) {
    const { state } = this;
    const tr = change(state.tr, state.doc);
    if (tr.docChanged) this.view.dispatch(tr);
  }

  run(command) {
    this.isUndoing = true;
    command(this.state, (tr) => this.view.dispatch(tr));
    this.isUndoing = false;
  }

  async work(operations, moves, paceMs) {
    while (this.made < operations) {
      moves.make(this);
      this.made += 1;
      if (this.made % Math.ceil(operations / 20) === 0) this.room.measure(this.state.doc);
      if (this.random() < OFFLINE && !this.network.isDown) this.#goOffline();
      if (this.random() < CRASH && !this.network.isDown) await this.crash();
      await sleep(this.random() * 2 * paceMs);
    }
    this.network.comeUp();
  }

  #goOffline() {
    this.offline += 1;
    this.network.goDown();
    setTimeout(() => {
      this.network.comeUp();
      this.socket.renew();
    }, this.random() * OFFLINE_MS);
  }

  #openSocket() {
    const { addresses, code } = this.room;
    this.address = addresses[Math.floor(this.random() * addresses.length)];
    const url = `${this.address.replace("http", "ws")}/ws/transcripts/${code}`;
    return new BadSocket(url, this);
  }

  async #ask(path, { method = "GET", data } = {}) {
    if (this.network.isDown) throw new RequestError("offline");
    const headers = { Authorization: `Bearer ${this.token}`, "Content-Type": "application/json" };
    const body = data && JSON.stringify(data);
    let response;
    try {
      response = await fetch(this.address + path, { method, headers, body, signal: AbortSignal.timeout(30_000) });
    } catch {
      this.address = this.room.addresses.find((address) => address !== this.address);
      throw new RequestError("unreachable");
    }
    if (!response.ok) throw errorFrom(response.status, await response.text());
    return response.json();
  }

  #note(stuck) {
    const reason = stuck && `${stuck.code ?? "lost track"}: ${stuck.message}`;
    if (reason && !this.reasons.includes(reason)) this.reasons.push(reason);
  }

  #changed(tr) {
    const change = changedBy(tr);
    if (isRemote(tr)) this.room.arrived(this, change.come);
    else {
      this.room.ledger.own(this.user, change, this.isUndoing);
      this.room.typed(this, change.come);
    }
  }
}

class Room {
  ledger = new Ledger();
  atRisk = new Set();
  delaysMs = [];
  /** Without a kill, a break or an artificial delay on either side. */
  calmDelaysMs = [];
  calmAt = 0;
  answersMs = [];
  stale = 0;
  moved = 0;
  /** Characters of the text, every now and then. */
  sizes = [];
  #sent = new Map();

  constructor({ addresses, code }) {
    Object.assign(this, { addresses, code });
  }

  typed(person, tokens) {
    const at = performance.now();
    for (const token of tokens) {
      person.madeAt.set(token, at);
      if (!this.#sent.has(token)) this.#sent.set(token, { person, at });
    }
    for (const [token, made] of person.madeAt) {
      if (at - made < LAST_SECOND_MS) break;
      person.madeAt.delete(token);
    }
  }

  /** Counted between people of whom neither was offline since. */
  arrived(person, tokens) {
    for (const token of tokens) {
      const sent = this.#sent.get(token);
      if (!sent || sent.person === person) continue;
      const wasAway = [person, sent.person].some(({ network }) => network.isDown || network.changedAt > sent.at);
      if (!wasAway && !sent.seen?.has(person)) this.#delayed(performance.now() - sent.at, sent, person);
      sent.seen = (sent.seen ?? new Set()).add(person);
    }
  }

  /** Whether the text grows or shrinks in the long run. */
  measure(doc) {
    const { length } = doc.textContent;
    const share = this.sizes.push(length);
    if (share % 10 === 0) process.stderr.write(`  ${share} % done, ${length} characters\n`);
  }

  /** A web process was killed, or all of them answer again. */
  processes(areWhole) {
    this.calmAt = areWhole ? performance.now() + RECOVERY_MS : Number.POSITIVE_INFINITY;
  }

  #delayed(ms, sent, person) {
    this.delaysMs.push(ms);
    const disturbedUntil = Math.max(this.calmAt, person.network.calmAt, sent.person.network.calmAt);
    if (disturbedUntil < sent.at) this.calmDelaysMs.push(ms);
  }
}

function share(numbers, part) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? 0);
}

function idsOf(doc) {
  return doc.children.slice(1).flatMap(({ children }) => children.map(({ attrs }) => attrs.id));
}

async function settle(people) {
  const giveUp = performance.now() + SETTLE_MS;
  while (performance.now() < giveUp) {
    const versions = new Set(people.map(({ editing }) => editing.version));
    const isQuiet = people.every(({ isSettled }) => isSettled) && versions.size === 1;
    if (isQuiet && (await people[0].isUpToDate())) return true;
    await sleep(200);
  }
  return false;
}

function report(room, people, isSettled, seconds) {
  const { doc } = people[0].state;
  const ids = idsOf(doc);
  const lost = room.ledger.lostFrom(doc);
  const sum = (of) => people.reduce((total, person) => total + of(person), 0);
  return {
    settled: isSettled,
    version: people[0].editing.version,
    versions: [...new Set(people.map(({ editing }) => editing.version))].join(" "),
    seconds: Math.round(seconds),
    operations: sum(({ made }) => made),
    tokens: room.ledger.author.size,
    equal: people.every(({ state }) => state.doc.eq(doc)),
    ids_unique: new Set(ids).size === ids.length,
    segments: ids.length,
    characters: room.sizes.filter((_, index) => index % 10 === 9).join(" "),
    lost: lost.filter((token) => !room.atRisk.has(token)).length,
    lost_in_last_second_of_a_dead_page: lost.filter((token) => room.atRisk.has(token)).length,
    undo_meddled: room.ledger.meddled,
    refused: sum(({ refused }) => refused),
    replaced: sum(({ replaced }) => replaced),
    why: people.flatMap(({ reasons, store }) => [...reasons, ...[...store.saved.values()].map(({ reason }) => reason)]),
    rescued: sum(({ store }) => store.saved.size),
    crashes: sum(({ crashes }) => crashes),
    offline: sum(({ offline }) => offline),
    propagation_p50_ms: share(room.delaysMs, 0.5),
    propagation_p95_ms: share(room.delaysMs, 0.95),
    undisturbed: `${room.calmDelaysMs.length} of ${room.delaysMs.length}`,
    undisturbed_p50_ms: share(room.calmDelaysMs, 0.5),
    undisturbed_p95_ms: share(room.calmDelaysMs, 0.95),
    pushes: room.answersMs.length,
    pushes_that_came_second: room.stale,
    pushes_put_behind_by_the_server: room.moved,
    answer_p50_ms: share(room.answersMs, 0.5),
    stuck: people.map(({ editing }) => editing.sync.stuck?.code).filter(Boolean),
    waiting: people.map(({ editing }) => editing.sync.pending + editing.sync.waiting),
    doc: doc.toJSON(),
  };
}

async function main(task, input) {
  const random = diceOf(task.seed);
  const room = new Room(task);
  input.on("line", (line) => room.processes(line === "whole"));
  const people = task.people.map((person) => new Person(person, { room, random }));
  for (const person of people) await person.openPage();
  process.stdout.write("ready\n");
  const moves = new Moves(random);
  const started = performance.now();
  await Promise.all(people.map((person) => person.work(task.operations, moves, task.pace_ms)));
  process.stdout.write("resting\n");
  const seconds = (performance.now() - started) / 1000;
  const isSettled = await settle(people);
  process.stdout.write(`${JSON.stringify(report(room, people, isSettled, seconds))}\n`);
  process.exit(0);
}

const input = createInterface({ input: process.stdin });
input.once("line", (line) => main(JSON.parse(line), input));
