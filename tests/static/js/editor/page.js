/** One person's page without a browser: state, history, link, and what was written down. */

import { EditLink } from "../../../../static/src/js/editor/link.js";
import { Line } from "./authority.js";
import { Desk, stateOf } from "./texts.js";

export class Page extends Desk {
  refused = 0;
  stuck = null;
  queue = { writes: 0, kept: null, write: (now) => this.#keep(now) };

  constructor({
    authority,
    clock,
    client = "a",
    doc = authority.doc,
    weather = {},
    random = () => 0.5,
    http,
  }) {
    super(stateOf(doc, { client, version: authority.version }));
    this.line = new Line(authority, clock, weather);
    this.link = new EditLink({
      desk: this,
      client,
      line: this.line,
      http: http ?? httpOf(authority),
      queue: this.queue,
      wait: clock.after,
      random,
      told: {
        changed: () => {},
        refused: (count) => {
          this.refused += count;
        },
        stuck: (error) => {
          this.stuck = error;
        },
      },
    });
    this.line.attach({ hear: (message) => this.link.hear(message), lost: () => this.link.lineLost() });
  }

  edit(change) {
    super.edit(change);
    this.link.edited();
  }

  async #keep({ version, mine }) {
    this.queue.writes += 1;
    this.queue.kept = { version, steps: mine.map(({ step }) => step) };
  }
}

export function httpOf(authority) {
  return {
    stepsSince: async (v) => authority.since(v),
    push: async (push) => {
      const answer = authority.push(structuredClone(push));
      if (answer.type === "ack") return answer.v;
      const isFinal = answer.type === "reject";
      throw Object.assign(new Error(), { code: answer.code ?? "stale", detail: { v: answer.v }, isFinal });
    },
  };
}
