/** Word tables: words `[startMs, endMs, text]` with moments of media time. */

/**
 * `words` inside the segment and never running backwards; a word that is already right keeps its time.
 *
 * Words out of order move between the neighbours that are in order: the longest ordered part is believed, so that
 * one wild time does not drag the rest along.
 */
export function monotone(words, startMs, endMs) {
  const lowMs = Math.max(startMs, 0);
  const highMs = Math.max(endMs, lowMs);
  if (isInOrder(words, lowMs, highMs)) return words.slice();
  const starts = words.map(([start]) => start);
  const filled = fill(starts, longestOrdered(starts), lowMs, highMs);
  return words.map(([, end, text], index) => {
    const limit = filled[index + 1] ?? highMs;
    return [filled[index], Math.min(Math.max(end, filled[index]), highMs, limit), text];
  });
}

/** The usual case, worth knowing early. */
function isInOrder(words, lowMs, highMs) {
  let reachedMs = lowMs;
  for (const [startMs, endMs] of words) {
    if (startMs < reachedMs || endMs < startMs) return false;
    reachedMs = endMs;
  }
  return reachedMs <= highMs;
}

/** The indexes of a longest non-decreasing part of `values`. */
export function longestOrdered(values) {
  const tails = [];
  const before = values.map((value, index) => {
    const place = placeAfter(tails, values, value);
    tails[place] = index;
    return place ? tails[place - 1] : -1;
  });
  const path = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]) path.push(index);
  return path.reverse();
}

function placeAfter(tails, values, value) {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value < values[tails[middle]]) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Each value that is not believed lies on the line between the believed ones around it. */
function fill(values, believed, low, high) {
  const filled = [];
  let [left, leftValue] = [-1, low];
  const reach = (right, rightValue) => {
    for (let index = left + 1; index <= right; index += 1) {
      filled.push(leftValue + Math.floor(((rightValue - leftValue) * (index - left)) / (right - left)));
    }
    [left, leftValue] = [right, rightValue];
  };
  for (const index of believed) reach(index, Math.min(Math.max(values[index], low), high));
  reach(values.length, values.length ? high : low);
  return filled.slice(0, values.length);
}
