/** Says in words how safe is what somebody typed. */

const changes = (count) => (count === 1 ? "1 change" : `${count} changes`);

/**
 * `{state, text}` of what `editing.sync` gives: saved, saving, waiting, offline, outdated, ended or unsaved.
 *
 * The gravest comes first: who reads one word should read that.
 */
export function syncWords(sync) {
  const [state, text] = KINDS.map((kind) => kind(sync)).find(Boolean);
  return { state, text };
}

const KINDS = [
  ({ rescued }) => rescued.length && ["unsaved", "Not saved"],
  ({ ended, stuck }) => (ended === 4401 || stuck?.status === 401) && ["ended", "Signed out"],
  ({ ended }) => ended && ["ended", "No longer shared with you"],
  ({ stuck, pending }) => stuck?.code === "old_schema" && ["outdated", waiting(pending) || "Reload to go on"],
  ({ isReplacing }) => isReplacing && ["saving", "Loading again…"],
  (sync) => !sync.connected && ["offline", offline(sync)],
  ({ pending }) => pending && ["saving", "Saving…"],
  (sync) => sync.waiting && ["waiting", waiting(sync.waiting)],
  () => ["saved", "Saved"],
];

function offline({ pending, waiting: left, isUnkept }) {
  if (pending && isUnkept) return `Offline, ${changes(pending)} only on this page: keep it open`;
  return pending + left ? `Offline, ${waiting(pending + left)}` : "Offline";
}

function waiting(count) {
  if (!count) return "";
  return `${changes(count)} ${count === 1 ? "waits" : "wait"} on this device`;
}

/** What is worth being read aloud when one state follows another: trouble, and its end. */
export function spokenWords(state, text, before) {
  if (state === before || state === "saving") return "";
  if (state !== "saved") return `${text}.`;
  return before && before !== "saving" ? "All changes are saved." : "";
}

/** What to tell somebody whose deletions met typing of others. */
export function refusedWords(count) {
  if (count === 1) return "1 deletion was not applied: somebody was typing there.";
  return `${count} deletions were not applied: somebody was typing there.`;
}

const REASONS = {
  not_allowed: "You may no longer change this transcript.",
  bad_text: "The server did not take the characters in it.",
  segment_text_too_long: "One passage would have become too long.",
  too_large: "It was too much at once.",
  old_schema: "It was typed before voxweb was updated.",
  server_behind: "The server was set back to an earlier state.",
};

/** Why something could not be saved, and what there is of it. */
export function rescueWords({ reason, count, texts }) {
  const why = REASONS[reason] ?? "The server did not take it.";
  if (texts.length) return `${why} This is what you typed:`;
  return `${why} ${changes(count)} without new text could not be kept; please look whether you want to repeat that.`;
}
