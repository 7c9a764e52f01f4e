/** The promise beside the title. It is made only while it is true. */

const DURABLE_WITHIN_MS = 3_000;

/**
 * `{tone, text}` for `{capturedMs, durableMs, where, online, isKept}`; `isKept` is false while the browser has no room.
 *
 * `where` says what holds the newest sound: "server", or "browser" while the server does not have it yet.
 */
export function safetyWords({ capturedMs, durableMs, where, online, isKept }) {
  const behindMs = Math.max(0, capturedMs - durableMs);
  if (online && where === "server" && behindMs <= DURABLE_WITHIN_MS) {
    return { tone: "ok", text: "Every second is saved" };
  }
  const seconds = Math.max(1, Math.ceil(behindMs / 1000));
  const rest = `${amount(seconds)} not sent yet`;
  if (!isKept) return { tone: "bad", text: `Keep this page open: ${rest}` };
  return { tone: "warn", text: `Kept in this browser, ${rest}` };
}

const amount = (seconds) => (seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);
