/** The server as pages see it: orders steps, repairs names and groups, and answers over a line that may be bad. */

import { Slice } from "prosemirror-model";
import { ReplaceStep, Step, Transform } from "prosemirror-transform";
import { SCHEMA_VERSION, SEGMENTS_PER_GROUP, schema } from "../../../../static/src/js/editor/schema.js";
import { movedSteps } from "./moved_steps.js";

export class Authority {
  steps = [];
  clients = [];
  lines = new Set();
  build = "b1";
  schema = SCHEMA_VERSION;
  role = "editor";
  /** Set to a code, the next push is rejected with it. */
  rejects = null;

  constructor(doc) {
    this.doc = doc;
    this.#named = 0;
  }

  get version() {
    return this.steps.length;
  }

  hello() {
    const { version: v, role, schema, build } = this;
    return { type: "hello", v, role, schema, build, me: { user: 1, name: "Ana", hue: 1 } };
  }

  /** The answer to a push, without its rid. With `mayMove` steps that came second are put behind where that is easy. */
  push({ v, client, steps }, { mayMove = false } = {}) {
    if (this.rejects) return { type: "reject", code: this.rejects, message: "No." };
    if (v === this.version) {
      this.#accept(steps, client);
      return { type: "ack", v: this.version };
    }
    const since = this.since(v);
    const isFresh = v < this.version && !since.clients.includes(client);
    const isMoved = mayMove && isFresh && this.#isMoved(steps, since.steps, client);
    return { type: "stale", ...(isMoved ? this.since(v) : since), v: this.version };
  }

  #isMoved(steps, behind, client) {
    const moved = movedSteps(steps, behind);
    if (moved) this.#accept(moved, client);
    return moved !== null;
  }

  #accept(steps, client) {
    const after = steps.reduce((doc, json) => Step.fromJSON(schema, json).apply(doc).doc, this.doc);
    after.check();
    this.#append(after, steps, client);
    this.#repair();
    for (const line of this.lines) line.tell({ type: "version", v: this.version });
  }

  since(v) {
    return { v, steps: this.steps.slice(v), clients: this.clients.slice(v) };
  }

  #named;

  #append(doc, steps, client) {
    this.doc = doc;
    this.steps.push(...steps);
    this.clients.push(...steps.map(() => client));
  }

  /** Every segment has a name of its own, and no group grows without end. */
  #repair() {
    const tr = new Transform(this.doc);
    this.#rename(tr);
    splitGroups(tr);
    const steps = tr.steps.map((step) => step.toJSON());
    if (steps.length) this.#append(tr.doc, steps, "server");
  }

  #rename(tr) {
    const seen = new Set();
    this.doc.descendants((node, at) => {
      if (!node.isTextblock) return node.type.name !== "cast";
      const { id } = node.attrs;
      if (!id || seen.has(id)) tr.setNodeAttribute(at, "id", `n${this.#named++}`);
      seen.add(id);
      return false;
    });
  }
}

function splitGroups(tr) {
  let at = tr.doc.firstChild.nodeSize;
  for (const group of tr.doc.children.slice(1)) {
    if (group.childCount > 2 * SEGMENTS_PER_GROUP) {
      const half = group.children
        .slice(0, SEGMENTS_PER_GROUP)
        .reduce((size, { nodeSize }) => size + nodeSize, 0);
      tr.split(at + 1 + half);
      return;
    }
    at += group.nodeSize;
  }
}

/** A line between one page and the server, as bad as `weather` makes it: `delay()` and `copies()` of a message. */
export class Line {
  connected = false;
  sent = [];

  constructor(authority, clock, weather = {}) {
    Object.assign(this, { authority, clock, weather });
    this.#epoch = 0;
  }

  /** `hear(message)` and `lost()` are the page's. */
  attach({ hear, lost }) {
    Object.assign(this, { hear, lost });
  }

  open() {
    this.connected = true;
    this.authority.lines.add(this);
    this.hear(this.authority.hello());
  }

  cut() {
    this.#epoch += 1;
    this.connected = false;
    this.authority.lines.delete(this);
    this.lost();
  }

  send(message) {
    if (!this.connected) return false;
    this.sent.push(message);
    this.#carry(() => this.#obey(structuredClone(message)));
    return true;
  }

  tell(message) {
    this.#carry(() => this.hear(structuredClone(message)));
  }

  #epoch;

  #carry(deliver) {
    const epoch = this.#epoch;
    const arrive = () => epoch === this.#epoch && deliver();
    const copies = this.weather.copies?.() ?? 1;
    for (let copy = 0; copy < copies; copy += 1) this.clock.after(this.weather.delay?.() ?? 5, arrive);
  }

  #obey(message) {
    if (message.type === "pull") this.tell({ type: "steps", ...this.authority.since(message.v) });
    if (message.type !== "push") return;
    const { rid } = message;
    const answer = this.authority.push(message, { mayMove: true });
    if (this.weather.killsAfterAccepting?.()) this.cut();
    else this.tell({ ...answer, rid });
  }
}

/** A segment joined over the border of two groups: no text moves. */
export function joinOfGroups(border) {
  return new ReplaceStep(border - 2, border + 2, Slice.empty, true);
}
