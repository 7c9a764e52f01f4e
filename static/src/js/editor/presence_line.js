/** Tells the others where one is, not too often, and hears where they are. */

const OFTEN_MS = 250;
const AGAIN_MS = 10_000;
const LOOK_MS = 5_000;

export class PresenceLine {
  #waiting = false;
  #again = null;

  /** `place()` is `{from, to, v}` or null where there is nothing to tell; `changed()` hears that people moved. */
  constructor({ presence, line, wait, scope, place, changed }) {
    Object.assign(this, { presence, line, wait, scope, place, changed });
    scope.every(LOOK_MS, () => presence.expire() && changed());
    scope.add(() => this.#again?.());
  }

  hear(message, state) {
    if (message.type === "at") this.presence.heard(message, state);
    else if (message.type === "gone") this.presence.gone(message.client);
    else if (message.type === "hello") return this.say();
    else return undefined;
    return this.changed();
  }

  /** The own caret has moved. */
  moved() {
    if (this.#waiting) return;
    this.#waiting = true;
    this.wait(OFTEN_MS, () => {
      this.#waiting = false;
      if (!this.scope.closed) this.say();
    });
  }

  say() {
    this.#again?.();
    this.#again = this.wait(AGAIN_MS, () => this.say());
    const place = this.place();
    if (place) this.line.send({ type: "at", client: this.presence.client, ...place });
  }
}
