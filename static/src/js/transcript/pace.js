/** How long to wait before asking the server again, in milliseconds. */

const BUSY_MS = 1_000;
const IDLE_MS = 20_000;
const HIDDEN_FACTOR = 10;
const LONGEST_MS = 60_000;
const DOUBLINGS = 5;

/**
 * `busy`: a job is open. `hidden`: nobody looks. `failures`: answers that did not come, in a row.
 * `jitter` in 0..1 spreads pages that lost the same server at the same moment.
 */
export function pollDelayMs({ busy, hidden, failures, jitter = 0 }) {
  const base = (busy ? BUSY_MS : IDLE_MS) * (hidden ? HIDDEN_FACTOR : 1);
  const waits = base * 2 ** Math.min(failures, DOUBLINGS);
  return Math.min(LONGEST_MS, waits) * (1 + jitter * (failures ? 0.5 : 0));
}
