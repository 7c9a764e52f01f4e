/**
 * Times of segments set by hand: where an edge may go, and the one transaction that brings it there.
 *
 * A neighbour whose edge is met gives way, down to its nearest word; segments never begin to overlap by that.
 * Only when `forced` does an edge move alone, and then segments may overlap, as people do who talk at once.
 * Whatever was set by hand is held: later machine passes leave it alone.
 */

const SHORTEST_MS = 100;
const SHORTEST_WORD_MS = 40;
/** Edges this near to each other were meant to be one. */
const TOUCH_MS = 20;

const ATTR = { start: "start_ms", end: "end_ms" };

/** `{pos, node, previous, next}` of the segment with an id, the neighbours as `{pos, node}` or null; or null. */
export function placeOf(doc, id) {
  let previous = null;
  let found = null;
  for (const [pos, node] of segmentsOf(doc)) {
    if (found) return { ...found, next: { pos, node } };
    if (node.attrs.id === id) found = { pos, node, previous, next: null };
    previous = { pos, node };
  }
  return found;
}

function* segmentsOf(doc) {
  let groupPos = 0;
  for (const group of doc.children) {
    let pos = groupPos + 1;
    for (const node of group.type.name === "group" ? group.children : []) {
      yield [pos, node];
      pos += node.nodeSize;
    }
    groupPos += group.nodeSize;
  }
}

/** How an edge lies to the segment beside it: "apart", "touching", "overlapping"; "none" without a neighbour. */
export function relationOf(place, edge) {
  const beside = edge === "start" ? place.previous : place.next;
  if (!beside) return "none";
  const [first, second] = edge === "start" ? [beside.node, place.node] : [place.node, beside.node];
  const gapMs = second.attrs.start_ms - first.attrs.end_ms;
  if (Math.abs(gapMs) <= TOUCH_MS) return "touching";
  return gapMs > 0 ? "apart" : "overlapping";
}

/**
 * The first and the last moment at which the edge may stand: `{leastMs, mostMs}`. Where it stands now is always
 * allowed. `wordsOf(node)` gives the times of a segment's words, `{starts, ends}`, or null while they are unknown.
 */
export function limitsOf(place, edge, { forced = false, wordsOf = () => null, durationMs = 0 } = {}) {
  const { start_ms: startMs, end_ms: endMs } = place.node.attrs;
  const givesWay = !forced && ["apart", "touching"].includes(relationOf(place, edge));
  if (edge === "start") {
    const leastMs = givesWay
      ? firstMomentAfter(place.previous, wordsOf)
      : (place.previous?.node.attrs.start_ms ?? 0);
    return { leastMs: Math.min(leastMs, startMs), mostMs: Math.max(endMs - SHORTEST_MS, startMs) };
  }
  const mostMs = givesWay ? lastMomentBefore(place.next, wordsOf) : Number.POSITIVE_INFINITY;
  return {
    leastMs: Math.min(startMs + SHORTEST_MS, endMs),
    mostMs: Math.max(Math.min(mostMs, durationMs || mostMs), endMs),
  };
}

function firstMomentAfter({ node }, wordsOf) {
  const lastWordMs = wordsOf(node)?.starts.at(-1) ?? node.attrs.start_ms;
  return Math.max(node.attrs.start_ms + SHORTEST_MS, lastWordMs + SHORTEST_WORD_MS);
}

function lastMomentBefore({ node }, wordsOf) {
  const firstWordMs = wordsOf(node)?.ends.at(0) ?? node.attrs.end_ms;
  return Math.min(node.attrs.end_ms - SHORTEST_MS, firstWordMs - SHORTEST_WORD_MS);
}

/** What changes when the edge goes to `ms`: `[{id, pos, node, name, ms}]`, the segment itself first; empty for nothing. */
export function changesOf(place, edge, ms, options = {}) {
  const { leastMs, mostMs } = limitsOf(place, edge, options);
  const to = Math.round(Math.min(mostMs, Math.max(leastMs, ms)));
  const own = changed(place, ATTR[edge], to);
  return own ? [own, yielded(place, edge, to, options)].filter(Boolean) : [];
}

function changed({ pos, node }, name, ms) {
  return node.attrs[name] === ms ? null : { id: node.attrs.id, pos, node, name, ms };
}

/** The neighbour's edge: it comes along where the two touched, and gives way where it is met. */
function yielded(place, edge, ms, { forced = false }) {
  const relation = relationOf(place, edge);
  if (forced || relation === "none" || relation === "overlapping") return null;
  const [beside, name] = edge === "start" ? [place.previous, "end_ms"] : [place.next, "start_ms"];
  const isMet = edge === "start" ? ms < beside.node.attrs.end_ms : ms > beside.node.attrs.start_ms;
  return relation === "touching" || isMet ? changed(beside, name, ms) : null;
}

/** One transaction for changes of `changesOf`, or null where there are none. */
export function timesTransaction(state, changes) {
  if (!changes.length) return null;
  const tr = state.tr;
  for (const { pos, node, name, ms } of changes) {
    tr.setNodeAttribute(pos, name, ms);
    if (!node.attrs.held) tr.setNodeAttribute(pos, "held", true);
  }
  return tr;
}

/** Move one edge of the segment with this id; null where it is gone or nothing would change. */
export function setEdge(state, id, edge, ms, options) {
  const place = placeOf(state.doc, id);
  return place && timesTransaction(state, changesOf(place, edge, ms, options));
}
