/** Stand-ins for what lies outside: the browser's database, a socket with its server, the microphone. */

const HEADER_BYTES = 16;

/** Let everything that only waits for promises happen. */
export async function settle(turns = 20) {
  for (let n = 0; n < turns; n++) await new Promise((resolve) => setImmediate(resolve));
}

/** TakeStore in memory; `isFull` makes writing of sound fail as a full disk does. */
export class MemoryStore {
  takes = new Map();
  frames = new Map();
  kept = new Map();
  copies = new Map();
  isFull = false;
  persisted = 0;

  persist() {
    this.persisted += 1;
  }

  async list(person) {
    const takes = await Promise.all([...this.takes.keys()].map((id) => this.get(id)));
    return takes.filter((take) => take.person === person && !take.stopped);
  }

  async get(id) {
    const take = this.takes.get(id);
    if (!take) return undefined;
    const ends = this.#pieces(id).map(({ offset, bytes }) => offset + bytes.length);
    return structuredClone({ ...take, captured: Math.max(take.durable, ...ends) });
  }

  async put(take) {
    this.takes.set(take.id, structuredClone(take));
  }

  async addSound(take, piece) {
    if (this.isFull) throw new DOMException("Full.", "QuotaExceededError");
    this.takes.set(take.id, structuredClone(take));
    this.frames.set(take.id, [...this.#pieces(take.id), structuredClone(piece)]);
  }

  async soundAt(id, from) {
    const holds = ({ offset, bytes }) => offset <= from && from < offset + bytes.length;
    return this.#pieces(id).findLast(holds) ?? null;
  }

  async soundAfter(id, from) {
    return this.#pieces(id).find(({ offset }) => offset >= from)?.offset ?? null;
  }

  async dropBelow(id, durable) {
    const kept = this.#pieces(id).filter(({ offset, bytes }) => offset + bytes.length > durable);
    this.frames.set(id, kept);
  }

  async marks(id) {
    return [...(this.kept.get(id)?.values() ?? [])];
  }

  async putMark(id, mark) {
    if (!this.kept.has(id)) this.kept.set(id, new Map());
    this.kept.get(id).set(mark.key, mark);
  }

  async dropMark(id, key) {
    this.kept.get(id)?.delete(key);
  }

  async addSlice(id, _number, bytes) {
    if (this.isFull) throw new DOMException("Full.", "QuotaExceededError");
    this.copies.set(id, [...(this.copies.get(id) ?? []), bytes]);
  }

  async slices(id, first, most) {
    return (this.copies.get(id) ?? []).slice(first, first + most);
  }

  async remove(id) {
    for (const kind of [this.takes, this.frames, this.kept, this.copies]) kind.delete(id);
  }

  #pieces(id) {
    return this.frames.get(id) ?? [];
  }
}

/** One end of a connection. What the page sends arrives only when the server's `deliver` lets it. */
class PageSocket extends EventTarget {
  readyState = 0;
  inbox = [];
  take = null;

  constructor(url, server) {
    super();
    this.url = new URL(url);
    this.server = server;
  }

  send(data) {
    this.inbox.push(data);
  }

  close() {
    if (this.readyState < 3) this.server.gone(this);
  }

  opened() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  tell(message) {
    const data = JSON.stringify(message);
    if (this.readyState === 1) this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }

  end(code) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

/** Speaks /ws/live. Nothing happens by itself: tests open, deliver, acknowledge and break. */
export class TakeServer {
  takes = new Map();
  sockets = [];
  heard = [];
  refuses = null;
  answersStart = null;

  makeSocket = (url) => {
    const socket = new PageSocket(url, this);
    this.sockets.push(socket);
    return socket;
  };

  get socket() {
    return this.sockets.at(-1) ?? null;
  }

  /** The newest socket comes up; the server greets a take that the address names. */
  open() {
    const { socket } = this;
    if (socket?.readyState !== 0) return;
    if (this.refuses) return this.break(this.refuses);
    socket.opened();
    const code = socket.url.searchParams.get("recording");
    if (code) this.#join(socket, code);
  }

  /** Everything that is on its way arrives. */
  deliver(most = Number.POSITIVE_INFINITY) {
    const { socket } = this;
    for (const data of socket?.inbox.splice(0, most) ?? []) {
      if (socket.readyState === 1) this.#take(socket, data);
    }
  }

  ack(durable = Number.POSITIVE_INFINITY) {
    const { take } = this.socket;
    take.durable = Math.max(take.durable, Math.min(durable, take.file.length));
    this.socket.tell({ type: "ack", written: take.file.length, durable: take.durable });
  }

  /** The connection ends; what was on its way is lost. */
  break(code = 1006) {
    this.socket.inbox = [];
    this.socket.end(code);
  }

  gone(socket) {
    socket.inbox = [];
    socket.readyState = 3;
  }

  #join(socket, code) {
    const take = this.takes.get(code);
    if (!take) return this.break(4404);
    take.epoch += 1;
    socket.take = take;
    const { epoch, file } = take;
    const names = { recording: code, token: `token-${code}`, url: `/t/${code}`, title: "A talk" };
    socket.tell({ type: "hello", ...names, offset: file.length, epoch, captions: null });
  }

  #take(socket, data) {
    if (typeof data === "string") return this.#obey(socket, JSON.parse(data));
    const view = new DataView(data);
    const offset = Number(view.getBigUint64(8));
    const { file } = socket.take;
    if (offset > file.length) return socket.tell({ type: "gap", offset: file.length });
    file.push(...new Uint8Array(data, HEADER_BYTES).subarray(file.length - offset));
  }

  #obey(socket, message) {
    this.heard.push({ ...message, at: socket.take?.file.length ?? null });
    if (message.type === "start") this.#start(socket, message);
    if (message.type === "mark") socket.tell({ type: "marked", key: message.key });
    if (message.type === "stop") this.#stop(socket, message);
  }

  #start(socket, message) {
    if (this.answersStart) return this.answersStart(socket, message);
    const code = `code-${message.id}`;
    if (!this.takes.has(code)) this.takes.set(code, { code, file: [], durable: 0, epoch: 0 });
    this.#join(socket, code);
  }

  #stop(socket, { bytes }) {
    const { code, file } = socket.take;
    if (file.length < bytes) return socket.tell({ type: "gap", offset: file.length });
    socket.tell({ type: "stopped", transcript: code, url: `/t/${code}` });
    this.break(1000);
  }
}

/** An opened microphone; `speak` hands out a frame while it is kept. */
export class FakeCapture extends EventTarget {
  isKept = false;
  isClosed = false;
  rest = null;

  keep() {
    this.isKept = true;
  }

  async hold() {
    if (this.isKept && this.rest) this.speak(this.rest);
    this.rest = null;
    this.isKept = false;
  }

  async close() {
    this.isClosed = true;
  }

  speak(bytes, voiced = true) {
    this.tell("level", { peak: 0.5, rms: 0.1, clipping: false, silentMs: 0 });
    if (this.isKept) this.tell("frame", { pcm: Uint8Array.from(bytes).buffer, voiced });
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
