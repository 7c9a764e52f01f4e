/** Time that passes only when a test says so. */

export class VirtualClock {
  now = 0;
  #due = [];
  #count = 0;

  after = (ms, work) => {
    const entry = { at: this.now + Math.max(0, ms), order: this.#count++, work };
    let index = this.#due.length;
    while (index > 0 && isLater(this.#due[index - 1], entry)) index -= 1;
    this.#due.splice(index, 0, entry);
    return () => {
      entry.work = null;
    };
  };

  /** Let `ms` pass, with everything that is due and whatever promises wait for it. */
  async pass(ms) {
    const until = this.now + ms;
    await breathe();
    while (this.#due.length && this.#due[0].at <= until) {
      const { at, work } = this.#due.shift();
      this.now = at;
      if (!work) continue;
      work();
      await breathe();
    }
    this.now = until;
  }
}

function isLater(one, other) {
  return one.at > other.at || (one.at === other.at && one.order > other.order);
}

/** Promises that only wait for each other come to an end in a few turns. */
async function breathe() {
  for (let turn = 0; turn < 8; turn += 1) await null;
}
