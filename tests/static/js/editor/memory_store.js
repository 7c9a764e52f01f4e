/** EditStore in memory: what a browser keeps when a page is gone. */

export class MemoryEditStore {
  kept = new Map();
  saved = new Map();
  writes = 0;
  isFull = false;

  async queues(code, person) {
    const theirs = [...this.kept.values()].filter((one) => one.code === code && one.person === person);
    return structuredClone(theirs.map(({ steps, ...queue }) => ({ ...queue, steps: inOrder(steps) })));
  }

  async write(queue, { first, from, steps }) {
    if (this.isFull) throw new DOMException("Full.", "QuotaExceededError");
    this.writes += 1;
    const before = this.kept.get(queue.client)?.steps ?? new Map();
    const left = [...before].filter(([number]) => number >= first && number < from);
    const fresh = steps.map((step, index) => [from + index, structuredClone(step)]);
    this.kept.set(queue.client, { ...queue, steps: new Map([...left, ...fresh]) });
  }

  async forget(client) {
    this.kept.delete(client);
  }

  async rescue(client, rescued) {
    this.kept.delete(client);
    this.saved.set(rescued.id, structuredClone(rescued));
  }

  async rescued(code, person) {
    return [...this.saved.values()].filter((one) => one.code === code && one.person === person);
  }

  async dismiss(id) {
    this.saved.delete(id);
  }
}

function inOrder(steps) {
  return [...steps].sort(([one], [other]) => one - other).map(([, step]) => step);
}
