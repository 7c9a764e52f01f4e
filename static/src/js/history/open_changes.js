/** What is open in a list of changes, so that a fresh list opens the same ones. Versions name a change. */

export const nameOf = ({ from, to }) => `${from}-${to}`;

/**
 * Which of the fresh changes to open. The newest change grows while somebody is at work: it keeps its beginning and
 * gets a later end, so it is known by where it began.
 */
export function stillOpen(open, fresh) {
  const names = new Set(open.map(nameOf));
  const begins = new Set(open.map(({ from }) => from));
  return fresh.filter((change) => names.has(nameOf(change)) || begins.has(change.from)).map(nameOf);
}
