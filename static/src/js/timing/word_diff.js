/** Which words of two texts are the same: Myers' shortest edit script, as in `transcripts/timing/word_diff.py`. */

/** With more insertions and deletions the middle of both texts counts as rewritten; bounds time and memory. */
export const MAX_EDITS = 600;

/** The index pairs `[old, new]` of equal words, ascending, by a longest common subsequence. */
export function matchingPairs(old, fresh) {
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head += 1;
  let tail = 0;
  const [oldLast, freshLast] = [old.length - 1, fresh.length - 1];
  while (tail < shorter - head && old[oldLast - tail] === fresh[freshLast - tail]) tail += 1;
  const pairs = [];
  for (let index = 0; index < head; index += 1) pairs.push([index, index]);
  if (head + tail < shorter) for (const pair of middlePairs(old, fresh, head, tail)) pairs.push(pair);
  for (let left = tail - 1; left >= 0; left -= 1) pairs.push([oldLast - left, freshLast - left]);
  return pairs;
}

function middlePairs(old, fresh, head, tail) {
  const olds = shared(old, fresh, head, tail);
  const news = shared(fresh, old, head, tail);
  const pairs = myers(
    olds.map((index) => old[index]),
    news.map((index) => fresh[index]),
  );
  return pairs.map(([left, right]) => [olds[left], news[right]]);
}

/** A word that stands on one side only is nobody's pair and costs no edit. */
function shared(words, others, head, tail) {
  const known = new Set(others.slice(head, others.length - tail));
  const indexes = [];
  for (let index = head; index < words.length - tail; index += 1) {
    if (known.has(words[index])) indexes.push(index);
  }
  return indexes;
}

function myers(old, fresh) {
  const trace = furthestReaches(old, fresh);
  return trace ? walkBack(old, fresh, trace) : [];
}

/** For each number of edits, how far into `old` each diagonal gets; null when it takes too many. */
function furthestReaches(old, fresh) {
  const most = Math.min(old.length + fresh.length, MAX_EDITS);
  const reach = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const trace = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push({ reach: reach.slice(middle - edits - 1, middle + edits + 2), middle: edits + 1 });
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const x = slide(old, fresh, stepFrom(reach, middle, diagonal, edits), diagonal);
      reach[middle + diagonal] = x;
      if (x >= old.length && x - diagonal >= fresh.length) return trace;
    }
  }
  return null;
}

function slide(old, fresh, from, diagonal) {
  let x = from;
  while (x < old.length && x - diagonal < fresh.length && old[x] === fresh[x - diagonal]) x += 1;
  return x;
}

/** Whether the path to this diagonal comes from the one above: the last edit was an insertion. */
const isDown = (reach, middle, diagonal, edits) =>
  diagonal === -edits || (diagonal !== edits && reach[middle + diagonal - 1] < reach[middle + diagonal + 1]);

const stepFrom = (reach, middle, diagonal, edits) =>
  isDown(reach, middle, diagonal, edits) ? reach[middle + diagonal + 1] : reach[middle + diagonal - 1] + 1;

function walkBack(old, fresh, trace) {
  const pairs = [];
  let [x, y] = [old.length, fresh.length];
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const { reach, middle } = trace[edits];
    const cameFrom = isDown(reach, middle, x - y, edits) ? x - y + 1 : x - y - 1;
    const startX = edits ? reach[middle + cameFrom] : 0;
    const startY = edits ? startX - cameFrom : 0;
    for (; x > startX && y > startY; x -= 1, y -= 1) pairs.push([x - 1, y - 1]);
    [x, y] = [startX, startY];
  }
  return pairs.reverse();
}
