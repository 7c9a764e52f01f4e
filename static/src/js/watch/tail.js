/** What a running take has said since a line, as the server writes it. */

import { page as fetchPage, RequestError } from "../lib/http.js";

const SIGNED_OUT = "You are signed out. Open the transcript to sign in again.";

/**
 * Answers `{version, live, paused, lines, marks, names}`: `lines` and `marks` are elements of another document,
 * `names` pairs of speaker id and name. Throws RequestError.
 */
export async function fetchTail(url, afterKey, { signal } = {}) {
  const answer = await fetchPage(`${url}?after=${encodeURIComponent(afterKey)}`, { signal });
  const root = answer.querySelector("[data-version]");
  // Who is signed out gets the page to sign in on, with the status of a success.
  if (!root) throw new RequestError(SIGNED_OUT, { code: "not_signed_in", status: 401 });
  return {
    version: Number(root.dataset.version),
    live: root.dataset.stage === "live",
    paused: "paused" in root.dataset,
    lines: [...root.querySelectorAll(".lines > .seg")],
    marks: root.querySelector('[data-region="marks"]'),
    names: [...root.querySelectorAll(":scope > .name")].map((name) => [
      name.dataset.speaker,
      name.textContent,
    ]),
  };
}
