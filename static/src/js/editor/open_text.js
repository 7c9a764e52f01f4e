/** Fetches a text to begin with: a state with everything that one did before, as far as it can be undone. */

import { replayed } from "./replay.js";

const RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/**
 * `{state, changed}`; `make(doc, version)` gives a state, `changed` names segments that people wrote in.
 *
 * A server that cannot be reached is asked again until it answers; throws RequestError where it refuses.
 */
export async function openText(http, scope, make) {
  const answer = await asked(() => http.readWithUndo(), scope);
  const { undo, version, changed = [] } = answer;
  const state = undo && replayed(undo, version, make);
  if (state) return { state, changed };
  const now = answer.doc ? answer : await asked(() => http.read(), scope);
  return { state: make(now.doc, now.version), changed };
}

async function asked(ask, scope) {
  for (let delay = RETRY_MS; ; delay = Math.min(2 * delay, LONGEST_RETRY_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (error.isFinal || scope.closed) throw error;
    }
    await new Promise((done) => scope.after(delay, done));
  }
}
