/** Go back to an earlier text over REST; what was restored can be undone from the message that says so. */

import { json } from "../lib/http.js";
import { toast } from "../lib/toast.js";

/**
 * Restore a version, or with `key` one passage of it. `before` is waited for first (what was typed must have arrived),
 * `done` is called after it and after an undo.
 */
export async function restore(
  api,
  { version, key = null },
  { before = async () => {}, done = () => {} } = {},
) {
  try {
    await before();
    const answer = await json(`${api}/history/restore`, { method: "POST", data: wanted(version, key) });
    if (answer.version === answer.before) {
      toast(key ? "This passage reads like that already." : "The text is the same as that version already.");
      return;
    }
    const text = key ? "The passage was restored." : "The version was restored.";
    toast(text, { label: "Undo", action: () => undo(api, answer, { before, done }) });
    done(answer);
  } catch (error) {
    toast(error.message);
  }
}

const wanted = (version, key) => (key === null ? { version } : { version, segment: key });

/** Only while nobody has changed anything since: an undo must not take along the work of others. */
async function undo(api, { version, before: back }, { before, done }) {
  try {
    await before();
    const data = { version: back, only_at: version };
    done(await json(`${api}/history/restore`, { method: "POST", data }));
    toast("The text is as it was before.");
  } catch (error) {
    toast(error.message);
  }
}
