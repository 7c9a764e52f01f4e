/** Words with no time of their own find their place between the neighbours that have one. */

/** The longest runs `{first, last}` of indexes (`last` not included) without a span. */
export function unknownRuns(known) {
  const runs = [];
  let first = 0;
  for (let index = 0; index <= known.length; index += 1) {
    if (known[index] === null) continue;
    if (index > first) runs.push({ first, last: index });
    first = index + 1;
  }
  return runs;
}

/** The free time `[fromMs, toMs]` around a run: from the end of the word before to the start of the one after. */
export function gapAround(known, { first, last }, startMs, endMs) {
  const leftMs = first > 0 ? known[first - 1][1] : startMs;
  const rightMs = last < known.length ? known[last][0] : endMs;
  return [leftMs, Math.max(leftMs, rightMs)];
}
