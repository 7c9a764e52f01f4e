/**
 * Every place where something stands in a document.
 *
 * What was found in a segment is kept with its node: nodes never change, so that after an edit only the new ones
 * are looked through again, whatever the length of the transcript.
 */
export class FindMatches {
  #spans = new WeakMap();

  /** The segments that were not looked through yet. */
  unsearched(doc) {
    return segmentsOf(doc)
      .map(({ node }) => node)
      .filter((node) => !this.#spans.has(node));
  }

  /** Keep what was found in `node`: [from, to, from, to, …] in its text. */
  keep(node, spans) {
    this.#spans.set(node, spans);
  }

  /** Look through all that is new, here and now. */
  search(doc, spansIn) {
    for (const node of this.unsearched(doc)) this.keep(node, spansIn(node.textContent));
  }

  /** All matches in the order of the text: {from, to} as positions, `node` and `at` say in which segment. */
  in(doc) {
    const matches = [];
    for (const { node, at } of segmentsOf(doc)) {
      const spans = this.#spans.get(node) ?? [];
      for (let n = 0; n < spans.length; n += 2) {
        matches.push({ from: at + 1 + spans[n], to: at + 1 + spans[n + 1], node, at });
      }
    }
    return matches;
  }
}

/** The segments of a document with their positions. */
export function segmentsOf(doc) {
  const found = [];
  doc.forEach((group, groupAt) => {
    if (group.type.name !== "group") return;
    group.forEach((node, offset) => {
      found.push({ node, at: groupAt + 1 + offset });
    });
  });
  return found;
}

/** The index of the first match that begins at or behind `pos`; their number where none does. */
export function firstFrom(matches, pos) {
  let [low, high] = [0, matches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (matches[middle].from < pos) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the match that is exactly selected, or -1. */
export function indexOfSelected(matches, { from, to }) {
  const index = firstFrom(matches, from);
  return matches[index]?.from === from && matches[index].to === to ? index : -1;
}

/** The next (`step` 1) or previous (-1) match from a selection, round the ends; -1 where there is none. */
export function besideOf(matches, selection, step) {
  if (!matches.length) return -1;
  const selected = indexOfSelected(matches, selection);
  if (selected >= 0) return (selected + step + matches.length) % matches.length;
  const next = firstFrom(matches, selection.from);
  return (step > 0 ? next : next - 1 + matches.length) % matches.length;
}

/** "3 of 41", "41 found", "Nothing found". */
export function countText(count, index) {
  if (!count) return "Nothing found";
  const total = count.toLocaleString("en");
  return index < 0 ? `${total} found` : `${(index + 1).toLocaleString("en")} of ${total}`;
}
