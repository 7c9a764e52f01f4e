/** A network that delays, doubles and reorders messages, and is away now and then. */

const LATE_MS = 15;
const DOUBLED = 0.03;
const OUT_OF_ORDER = 0.03;
/** After a break a page pulls what it missed. */
export const RECOVERY_MS = 1_000;

/** A socket over a bad network. */
export class BadSocket extends EventTarget {
  #up = { lastAt: 0, queue: [] };
  #down = { lastAt: 0, queue: [] };

  constructor(url, { token, random, network, room }) {
    super();
    Object.assign(this, { random, network, room });
    if (network.isDown) return void setTimeout(() => this.#end(1006), 5);
    this.real = new WebSocket(url, { headers: { Authorization: `Bearer ${token}` } });
    this.real.addEventListener("message", ({ data }) => this.#carry(this.#down, () => this.#arrive(data)));
    this.real.addEventListener("close", ({ code }) => this.#end(code));
    this.real.addEventListener("error", () => this.#end(1006));
    network.sockets.add(this);
  }

  send(data) {
    const { type, client } = JSON.parse(data);
    if (type === "push") Object.assign(this, { pushedAt: performance.now(), client });
    this.#carry(this.#up, () => this.real.readyState === 1 && this.real.send(data));
  }

  close() {
    this.real?.close();
    this.#end(1000);
  }

  /** Late by a little and in order, mostly; greetings come first and once. */
  #carry(way, deliver) {
    const late = this.random() * LATE_MS;
    const now = performance.now();
    if (this.random() < OUT_OF_ORDER) {
      this.network.disturb(8 * late);
      setTimeout(deliver, 8 * late);
    } else {
      way.lastAt = Math.max(way.lastAt, now + late);
      way.queue.push(deliver);
      setTimeout(() => way.queue.shift()(), way.lastAt - now);
    }
    if (this.random() < DOUBLED) setTimeout(deliver, this.random() * 200);
  }

  #arrive(data) {
    const message = JSON.parse(data);
    const isGreeting = message.type === "hello";
    if (this.isOver || (isGreeting && this.isGreeted) || (!isGreeting && !this.isGreeted)) return;
    if (isGreeting) this.network.disturb(RECOVERY_MS);
    this.isGreeted = true;
    this.#count(message);
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }

  #count({ type, clients = [] }) {
    if (!["ack", "stale"].includes(type) || !this.pushedAt) return;
    this.room.answersMs.push(performance.now() - this.pushedAt);
    this.room.stale += type === "stale" ? 1 : 0;
    this.room.moved += type === "stale" && clients.includes(this.client) ? 1 : 0;
    this.pushedAt = 0;
  }

  #end(code) {
    if (this.isOver) return;
    this.isOver = true;
    this.network.sockets.delete(this);
    this.network.disturb(Number.POSITIVE_INFINITY);
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

/** What a person's device is connected to. */
export class Network {
  isDown = false;
  sockets = new Set();
  changedAt = 0;
  /** When the latest disturbance was over, or will be. */
  calmAt = Number.POSITIVE_INFINITY;

  disturb(ms) {
    const until = performance.now() + ms;
    this.calmAt = this.calmAt === Number.POSITIVE_INFINITY ? until : Math.max(this.calmAt, until);
  }

  goDown() {
    this.isDown = true;
    this.changedAt = performance.now();
    for (const socket of [...this.sockets]) socket.close();
  }

  comeUp() {
    this.isDown = false;
    this.changedAt = performance.now();
  }
}
