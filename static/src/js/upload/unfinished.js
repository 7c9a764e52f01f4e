import { defaultOptions } from "tus-js-client";
import { request } from "../lib/http.js";

/** Where the browser remembers addresses of uploads that have begun (localStorage). */
export const store = defaultOptions.urlStorage;

/** Same name, type, size and date of change: the same file. Another person's uploads stay out of it. */
export function fingerprint(person, file) {
  return ["voxweb", person, file.name, file.type, file.size, file.lastModified].join("-");
}

const isOf = (person) => (entry) => entry.urlStorageKey.startsWith(`tus::voxweb-${person}-`);

/** Uploads this person began here and that the server still keeps: [{name, size, sent, entry}]. */
export async function unfinishedUploads(person, signal) {
  const entries = (await store.findAllUploads()).filter(isOf(person));
  const found = await Promise.all(entries.map((entry) => describe(entry, signal)));
  return found.filter(Boolean);
}

async function describe(entry, signal) {
  try {
    const answer = await request(entry.uploadUrl, {
      method: "HEAD",
      headers: { "Tus-Resumable": "1.0.0" },
      signal,
    });
    const sent = Number(answer.headers.get("Upload-Offset"));
    if (sent < entry.size) return { name: entry.metadata.filename, size: entry.size, sent, entry };
  } catch (error) {
    if (![404, 410].includes(error.status)) return null;
  }
  await store.removeUpload(entry.urlStorageKey);
  return null;
}

export async function discard({ entry }) {
  await store.removeUpload(entry.urlStorageKey);
  await request(entry.uploadUrl, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } });
}

/** The unfinished upload that `file` goes on with, if any. */
export const matching = (uploads, person, file) =>
  uploads.find(({ entry }) => entry.urlStorageKey.startsWith(`tus::${fingerprint(person, file)}::`));
