import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestError } from "../../../../static/src/js/lib/http.js";
import { CopyBook } from "../../../../static/src/js/live/copy_book.js";
import { sendCopy } from "../../../../static/src/js/live/copy_upload.js";
import { MemoryStore } from "./doubles.js";

const take = () => ({ id: "take-1", recording: "code", copy: { openings: 0, slices: 0, isBroken: false } });

async function copied(count) {
  const store = new MemoryStore();
  const book = new CopyBook({ store, take: take() });
  book.opened();
  for (let n = 0; n < count; n++) await book.add(Uint8Array.of(n % 256, 7).buffer);
  return { store, book };
}

/** A server that appends; `has` is what an earlier attempt brought there. */
function server(has = 0) {
  const asked = [];
  let size = has;
  const put = async (url, bytes) => {
    const offset = Number(new URL(url, "http://x").searchParams.get("offset"));
    asked.push([url, bytes.length]);
    if (offset !== size) throw new RequestError("", { status: 409, detail: { bytes: size } });
    size += bytes.length;
  };
  return { asked, put, size: () => size };
}

test("it works", async () => {
  const { store } = await copied(301);
  const { asked, put } = server();
  await sendCopy(store, take(), put);
  assert.deepEqual(asked, [
    ["/api/v1/takes/code/copy?offset=0", 600],
    ["/api/v1/takes/code/copy?offset=600", 2],
  ]);
});

test("what is there already is not sent again", async () => {
  for (const has of [100, 600, 602]) {
    const { store } = await copied(301);
    const { put, size } = server(has);
    await sendCopy(store, take(), put);
    assert.equal(size(), 602);
  }
});

test("a server that does not want it is left alone, one that fails is tried again later", async () => {
  const { store } = await copied(3);
  const refuse = (status) => async () => {
    throw new RequestError("", { status });
  };
  await sendCopy(store, take(), refuse(404));
  await assert.rejects(sendCopy(store, take(), refuse(503)), RequestError);
});

test("only the first opening of the microphone is copied", async () => {
  const { store, book } = await copied(2);
  book.opened();
  await book.add(new ArrayBuffer(2));
  assert.equal((await store.slices("take-1", 0, 10)).length, 2);
  assert.equal(book.take.copy.openings, 2);
});

test("a slice that could not be kept ends the copy", async () => {
  const { store, book } = await copied(2);
  store.isFull = true;
  await book.add(new ArrayBuffer(2));
  store.isFull = false;
  await book.add(new ArrayBuffer(2));
  assert.equal(book.take.copy.isBroken, true);
  assert.equal((await store.slices("take-1", 0, 10)).length, 2);
});
