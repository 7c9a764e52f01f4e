/** What the end of a connection means: when to try again, and what to tell a person. */

const FIRST_MS = 500;
const LONGEST_MS = 15_000;
const SLOW_MS = 10_000;

const KEPT = "The recording is kept in this browser";

/** `retry`: "backoff", "now", "slow", or "never": only a person decides. */
const RULES = {
  4001: {
    retry: "never",
    code: "taken_over",
    message: "This recording goes on in another tab or on another device.",
  },
  4012: {
    retry: "now",
    code: "restarting",
    message: `The server is restarting. ${KEPT} and sent in a moment.`,
  },
  4400: {
    retry: "backoff",
    code: "refused",
    message: `The server did not understand the recorder. ${KEPT}; reload this page when you have stopped.`,
  },
  4401: {
    retry: "slow",
    code: "sign_in",
    message: `You are signed out. ${KEPT}; sign in again in another tab and it is sent.`,
  },
  4403: { retry: "never", code: "not_allowed", message: `You may not record here any more. ${KEPT}.` },
  4404: {
    retry: "never",
    code: "gone",
    message: "This recording is no longer on the server. What this browser has of it is kept.",
  },
  4429: {
    retry: "slow",
    code: "busy",
    message: `The server is recording as much as it can. ${KEPT} and sent as soon as there is room.`,
  },
  4507: {
    retry: "slow",
    code: "disk_full",
    message: `The server has no room left. ${KEPT} and sent as soon as there is room.`,
  },
};

const OFFLINE = {
  retry: "backoff",
  code: "offline",
  message: `The server cannot be reached. ${KEPT} and sent as soon as it answers.`,
};

export function closeRule(code) {
  return RULES[code] ?? OFFLINE;
}

/** How long to wait before the next attempt after `failures` in a row; `random` is 0..1. */
export function retryDelayMs(retry, failures, random) {
  if (retry === "now" && failures <= 1) return 0;
  const wait = retry === "slow" ? SLOW_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(wait * (0.5 + random / 2));
}
