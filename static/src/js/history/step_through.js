/** Which row comes next when somebody steps through what differs. */

/**
 * The number of the row to go to, or -1 where there is none. `tops` are the upper edges of the rows in the window,
 * `current` the row gone to last (-1 for none). As long as it is in sight the next one is counted from it, else from
 * `line`, the height that counts as "here".
 */
export function nextRow(tops, current, step, { line, height }) {
  if (current >= 0 && tops[current] >= 0 && tops[current] < height) return within(tops, current + step);
  const below = tops.findIndex((top) => top > line + 1);
  if (step > 0) return below;
  return within(tops, (below < 0 ? tops.length : below) - 1);
}

const within = (rows, number) => (number >= 0 && number < rows.length ? number : -1);
