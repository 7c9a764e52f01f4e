/** Which upload goes next: a fixed number at a time, in the order in which they were added. */

export const AT_ONCE = 2;

const RUNNING = new Set(["sending", "finishing"]);

/** The items to start now; `items` are in order, and those that wait have the state "queued". */
export function due(items, atOnce = AT_ONCE) {
  const free = atOnce - items.filter((item) => RUNNING.has(item.state)).length;
  return items.filter((item) => item.state === "queued").slice(0, Math.max(0, free));
}

/** Leaving the page would interrupt something. */
export const isBusy = (items) => items.some((item) => item.state === "queued" || RUNNING.has(item.state));

export const waiting = (items) => items.filter((item) => item.state === "waiting");
