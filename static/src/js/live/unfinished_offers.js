/** What to offer about takes that nobody records any more. Pure: rows in, offers in words out. */

import { length } from "../lib/amounts.js";

const BYTES_PER_MS = 32;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS = 86_400_000;

/**
 * Offers, the newest first: `{id, recording, title, at, when, safe, canContinue, canFinish}`.
 *
 * `kept` are takes this browser began, `{id, recording, title, interruptedAt, capturedMs, restMs}`: a rest that
 * is not on the server yet is named. `open` are the server's rows of takes without an end. Those in `left` (ids)
 * are not offered, nor what another browser records right now; of its own takes this browser knows better,
 * because the server calls a take connected for a while after a page has gone.
 */
export function offers(kept, open, { left = new Set(), now = new Date() } = {}) {
  const mine = kept.filter(({ id }) => !left.has(id));
  const known = new Set(kept.map(({ id }) => id));
  const others = open.filter(({ id, connected }) => !connected && !known.has(id) && !left.has(id));
  const found = [
    ...mine.map((take) => ofThisBrowser(take, now)),
    ...others.map((take) => ofServer(take, now)),
  ];
  return found.sort((one, other) => other.at - one.at);
}

function ofThisBrowser({ id, recording, title, interruptedAt, capturedMs, restMs }, now) {
  const at = new Date(interruptedAt);
  const isSaved = restMs <= 0;
  const rest = `The last ${length(Math.max(1000, restMs))} are kept in this browser until the server answers.`;
  const safe = isSaved ? `Everything is saved: ${length(capturedMs)}.` : rest;
  return {
    id,
    recording,
    title,
    at,
    when: `was interrupted ${moment(at, now)}.`,
    safe,
    canContinue: true,
    canFinish: isSaved && Boolean(recording),
  };
}

function ofServer({ id, recording, title, seen_at: seenAt, offset }, now) {
  const at = new Date(seenAt);
  const safe = `Everything that arrived is saved: ${length(offset / BYTES_PER_MS)}.`;
  const when = `was begun in another browser and last heard of ${moment(at, now)}.`;
  return { id, recording, title, at, when, safe, canContinue: false, canFinish: true };
}

/** "at 12:31", "yesterday at 18:02", "on 12 Nov at 18:02": as it stands inside a sentence. */
export function moment(when, now) {
  const two = (number) => String(number).padStart(2, "0");
  const clock = `at ${two(when.getHours())}:${two(when.getMinutes())}`;
  const day = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const days = Math.round((day(now) - day(when)) / DAY_MS);
  if (days === 0) return clock;
  return days === 1 ? `yesterday ${clock}` : `on ${when.getDate()} ${MONTHS[when.getMonth()]} ${clock}`;
}
