import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../../../static/src/js/live/outbox.js";

const bytes = (length, first = 0) => Uint8Array.from({ length }, (_, n) => (first + n) % 251);

/** Everything that may go now, as [offset, length]. */
function sendable(outbox) {
  const sent = [];
  for (let piece = outbox.next(); piece && !piece.missing; piece = outbox.next()) {
    sent.push([piece.offset, piece.bytes.length]);
  }
  return sent;
}

test("it works", () => {
  const outbox = new Outbox();
  outbox.add(bytes(3_200), true);
  assert.equal(outbox.next(), null);
  outbox.hello(0);
  assert.deepEqual(outbox.next(), { offset: 0, bytes: bytes(3_200), voiced: true });
  assert.equal(outbox.underway, 3_200);
  outbox.ack({ written: 3_200, durable: 0 });
  assert.equal(outbox.isDelivered, true);
  assert.equal(outbox.memory, 3_200);
  outbox.ack({ written: 3_200, durable: 3_200 });
  assert.equal(outbox.memory, 0);
});

test("after a hello it goes on at any byte, in the middle of a frame", () => {
  const outbox = new Outbox();
  for (let n = 0; n < 4; n++) outbox.add(bytes(3_200, n));
  outbox.hello(0);
  sendable(outbox);
  outbox.lost();
  assert.equal(outbox.next(), null);
  outbox.hello(4_000);
  const piece = outbox.next();
  assert.deepEqual(piece.bytes, bytes(3_200, 1).subarray(800));
  assert.deepEqual(sendable(outbox), [
    [6_400, 3_200],
    [9_600, 3_200],
  ]);
});

test("a gap goes back once, however often it is told", () => {
  const outbox = new Outbox();
  for (let n = 0; n < 3; n++) outbox.add(bytes(3_200));
  outbox.hello(0);
  sendable(outbox);
  outbox.gap(3_200);
  assert.equal(sendable(outbox).length, 2);
  outbox.gap(3_200);
  assert.equal(sendable(outbox).length, 0);
  outbox.ack({ written: 9_600, durable: 0 });
  outbox.gap(3_200);
  assert.equal(sendable(outbox).length, 2);
});

test("only so much is underway", () => {
  const outbox = new Outbox({ windowBytes: 10_000 });
  for (let n = 0; n < 5; n++) outbox.add(bytes(3_200));
  outbox.hello(0);
  assert.deepEqual(sendable(outbox).at(-1), [9_600, 400]);
  outbox.ack({ written: 3_200, durable: 0 });
  assert.deepEqual(sendable(outbox), [
    [10_000, 2_800],
    [12_800, 400],
  ]);
});

test("nothing goes beyond a limit", () => {
  const outbox = new Outbox();
  outbox.add(bytes(3_200));
  outbox.hello(0);
  assert.equal(outbox.next(1_000).bytes.length, 1_000);
  assert.equal(outbox.next(1_000), null);
  assert.equal(outbox.next().offset, 1_000);
});

test("what is stored leaves the memory, what is not stays", () => {
  const outbox = new Outbox({ memoryBytes: 6_400 });
  for (let n = 0; n < 5; n++) outbox.add(bytes(3_200));
  assert.equal(outbox.memory, 16_000);
  outbox.keepsBelow(6_400);
  assert.equal(outbox.memory, 9_600);
  outbox.keepsBelow(16_000);
  assert.equal(outbox.memory, 6_400);
});

test("what left the memory is asked for and comes back", () => {
  const outbox = new Outbox({ memoryBytes: 3_200 });
  for (let n = 0; n < 3; n++) outbox.add(bytes(3_200, n));
  outbox.keepsBelow(9_600);
  outbox.hello(100);
  assert.deepEqual(outbox.next(), { missing: { from: 100, to: 6_400 } });
  outbox.recall(0, bytes(6_400));
  assert.deepEqual(outbox.next().bytes, bytes(6_400).subarray(100));
  assert.deepEqual(sendable(outbox), [[6_400, 3_200]]);
});

test("a connection that is lost forgets what was read back for it", () => {
  const outbox = new Outbox({ captured: 3_200 });
  outbox.hello(0);
  outbox.recall(0, bytes(3_200));
  outbox.lost();
  outbox.hello(0);
  assert.ok(outbox.next().missing);
});

test("a large piece goes in parts", () => {
  const outbox = new Outbox({ captured: 100_000 });
  outbox.hello(0);
  outbox.recall(0, bytes(100_000));
  assert.deepEqual(
    sendable(outbox).map(([, length]) => length),
    [32_768, 32_768, 32_768, 1_696],
  );
});

test("a server that has more than this browser is right", () => {
  const outbox = new Outbox({ captured: 3_200, durable: 3_200 });
  outbox.hello(9_600);
  assert.equal(outbox.captured, 9_600);
  assert.equal(outbox.add(bytes(100)), 9_600);
  assert.deepEqual(sendable(outbox), [[9_600, 100]]);
});

test("a server that lost its disk gets all of it again", () => {
  const outbox = new Outbox({ captured: 6_400, durable: 6_400 });
  outbox.hello(0);
  assert.equal(outbox.durable, 0);
  assert.deepEqual(outbox.next(), { missing: { from: 0, to: 6_400 } });
});

/** Numbers that look random and are the same in every run. */
function dice(seed) {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** A server that takes the next byte only, and forgets what it had in memory whenever it pleases. */
class LossyServer {
  file = [];
  durable = 0;

  take({ offset, bytes: piece }) {
    if (offset > this.file.length) return false;
    for (const byte of piece.subarray(this.file.length - offset)) this.file.push(byte);
    return true;
  }

  crash(roll) {
    this.file.length = this.durable + roll(this.file.length - this.durable + 1);
  }

  sync(roll) {
    this.durable += roll(this.file.length - this.durable + 1);
    return { written: this.file.length, durable: this.durable };
  }
}

/** One run: capture, store, send, lose frames and connections at random; then a calm end. */
function run(seed) {
  const roll = dice(seed);
  const outbox = new Outbox({ memoryBytes: 500, windowBytes: 900 });
  const server = new LossyServer();
  const captured = [];

  const send = () => {
    const piece = outbox.next();
    if (piece?.missing) {
      const { from } = piece.missing;
      const before = Math.max(outbox.durable, from - roll(50));
      return outbox.recall(
        Math.min(from, before),
        Uint8Array.from(captured.slice(Math.min(from, before), from + 1 + roll(300))),
      );
    }
    if (piece && roll(20) && !server.take(piece)) outbox.gap(server.file.length);
  };
  const steps = [
    () => {
      const frame = Uint8Array.from({ length: 2 * (1 + roll(60)) }, () => roll(256));
      assert.equal(outbox.add(frame), captured.length);
      captured.push(...frame);
    },
    () => outbox.keepsBelow(outbox.stored + roll(captured.length - outbox.stored + 1)),
    () => outbox.ack(server.sync(roll)),
    () => roll(10) || outbox.lost(),
    () => {
      outbox.lost();
      if (!roll(5)) server.crash(roll);
      outbox.hello(server.file.length);
    },
    send,
    send,
    send,
  ];
  for (let n = 0; n < 400; n++) steps[roll(steps.length)]();
  outbox.lost();
  outbox.hello(server.file.length);
  for (let n = 0; n < 10_000 && !outbox.isDelivered; n++) {
    const piece = outbox.next();
    if (piece?.missing)
      outbox.recall(piece.missing.from, Uint8Array.from(captured.slice(piece.missing.from)));
    else if (piece) server.take(piece);
    outbox.ack(server.sync(roll));
  }
  return { server, captured, outbox };
}

test("whatever is lost on the way, the server ends with exactly what was captured", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const { server, captured, outbox } = run(seed);
    assert.ok(outbox.isDelivered, `seed ${seed} did not end`);
    assert.deepEqual(server.file, captured, `seed ${seed}`);
  }
});
