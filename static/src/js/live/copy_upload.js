/** Sends the browser's own recording of a take to the server, a few minutes at a time. */

import { request } from "../lib/http.js";

const SLICES_AT_A_TIME = 300;
const CONFLICT = 409;

/** Answers that no further attempt will change. */
const FINAL = new Set([400, 403, 404, 405, 410, 413, 415]);

/** The address of the copy of a take on the server. */
export const copyUrl = (recording) => `/api/v1/takes/${recording}/copy`;

/**
 * Send all slices, those that an earlier attempt brought there excepted. Raises RequestError when a later
 * attempt may succeed.
 */
export async function sendCopy(store, { id, recording }, put = putBytes) {
  let offset = 0;
  for (let first = 0; ; first += SLICES_AT_A_TIME) {
    const slices = await store.slices(id, first, SLICES_AT_A_TIME);
    if (!slices.length) return;
    const bytes = new Uint8Array(await new Blob(slices).arrayBuffer());
    if (!(await sendPiece(copyUrl(recording), offset, bytes, put))) return;
    offset += bytes.length;
  }
}

/** True when the server has the piece, false when it does not want the copy. */
async function sendPiece(url, offset, bytes, put) {
  try {
    await put(`${url}?offset=${offset}`, bytes);
    return true;
  } catch (error) {
    if (FINAL.has(error.status)) return false;
    const has = error.status === CONFLICT ? error.detail.bytes : offset;
    if (!(has > offset)) throw error;
    return has >= offset + bytes.length || sendPiece(url, has, bytes.subarray(has - offset), put);
  }
}

async function putBytes(url, bytes) {
  const headers = { "Content-Type": "application/octet-stream" };
  await request(url, { method: "PUT", headers, body: bytes });
}
