/**
 * Who else has the text open, and where their carets are. Nothing of it is kept.
 *
 * A caret travels as a position in a version of the text; here it is moved along with everything that this page
 * knows better, and later with every change.
 */

import { Mapping } from "prosemirror-transform";
import { confirmed, newlyConfirmed } from "./collab.js";

/** Pages say where they are again in less than half of this. */
const FORGOTTEN_MS = 25_000;

/** Carets of an older version than these steps reach back to wait for the next message. */
const MOST_MAPS = 500;

export class Presence {
  /** client → {client, user, name, hue, to, heardAt}; `to` is where the caret stands, null when unknown. */
  #others = new Map();
  #early = new Map();
  #maps = [];

  /** `now()` is a clock that never jumps. */
  constructor({ client, now }) {
    Object.assign(this, { client, now });
  }

  /** People who are here, each once: `{user, name, hue}`. */
  get people() {
    const byUser = new Map(
      [...this.#others.values()].map(({ user, name, hue }) => [user, { user, name, hue }]),
    );
    return [...byUser.values()].sort((one, other) => one.name.localeCompare(other.name));
  }

  /** Carets in the present text: `{client, name, hue, at}`. */
  get carets() {
    const known = [...this.#others.values()].filter(({ to }) => to !== null);
    return known.map(({ client, name, hue, to }) => ({ client, name, hue, at: to }));
  }

  /** Somebody said where they are. */
  heard(message, state) {
    const { client, user, name, hue } = message;
    if (client === this.client) return;
    const place = this.#placed(message, state);
    const old = this.#others.get(client);
    this.#others.set(client, { client, user, name, hue, to: place ?? old?.to ?? null, heardAt: this.now() });
  }

  gone(client) {
    this.#others.delete(client);
    this.#early.delete(client);
  }

  /** Forget who has said nothing for long; answers whether there was anybody. */
  expire() {
    const old = [...this.#others.values()].filter(({ heardAt }) => this.now() - heardAt > FORGOTTEN_MS);
    for (const { client } of old) this.gone(client);
    return old.length > 0;
  }

  /** The text changed: move carets along, and remember the way for those that come late. */
  moved(tr, after) {
    if (tr.docChanged) this.#mapAll(tr.mapping);
    this.#maps = [...this.#maps, ...newlyConfirmed(tr).map((step) => step.getMap())].slice(-MOST_MAPS);
    for (const message of this.#early.values()) {
      if (message.v <= confirmed(after).version) this.heard(message, after);
    }
  }

  /** The own selection as others can understand it: `{from, to, v}` in the confirmed text. */
  static ownPlace(state) {
    const { version, mine } = confirmed(state);
    const back = new Mapping(mine.map(({ inverted }) => inverted.getMap()).reverse());
    const { anchor, head } = state.selection;
    return { from: back.map(anchor, -1), to: back.map(head, -1), v: version };
  }

  #mapAll(mapping) {
    for (const other of this.#others.values()) {
      if (other.to !== null) other.to = mapping.map(other.to);
    }
  }

  /** Where a caret of another version stands now, or null where that cannot be told yet, or any more. */
  #placed(message, state) {
    const { version, mine } = confirmed(state);
    const behind = version - message.v;
    if (behind < 0) this.#early.set(message.client, message);
    else this.#early.delete(message.client);
    if (behind < 0 || behind > this.#maps.length) return null;
    const since = behind ? this.#maps.slice(-behind) : [];
    const place = new Mapping([...since, ...mine.map(({ step }) => step.getMap())]).map(message.to);
    return Math.min(place, state.doc.content.size);
  }
}
