/** Segments of a document: where they are, and which of them a change has touched. */

/** The segment around `pos` as `{node, pos}`, or null where there is none. */
export function segmentAt(doc, pos) {
  const $pos = doc.resolve(Math.min(Math.max(0, pos), doc.content.size));
  if ($pos.depth === 2) return { node: $pos.parent, pos: $pos.before() };
  const node = [$pos.nodeAfter, $pos.nodeBefore].find((near) => near?.type.name === "segment");
  return node ? { node, pos: node === $pos.nodeAfter ? $pos.pos : $pos.pos - node.nodeSize } : null;
}

/** Where the segment with this id begins, or -1. */
export function posOfSegment(doc, id) {
  let groupPos = 0;
  for (let index = 0; index < doc.childCount; index += 1) {
    const group = doc.child(index);
    const offset = group.type.name === "group" ? offsetIn(group, id) : -1;
    if (offset >= 0) return groupPos + 1 + offset;
    groupPos += group.nodeSize;
  }
  return -1;
}

function offsetIn(group, id) {
  let offset = 0;
  for (const node of group.children) {
    if (node.attrs.id === id) return offset;
    offset += node.nodeSize;
  }
  return -1;
}

/**
 * Call `visit(node, pos, before)` for every segment that touches `from`..`to` and for the one after them;
 * `before` is the segment before it, whatever group that stands in.
 */
export function visitSegments(doc, from, to, visit) {
  let before = null;
  let groupPos = 0;
  for (const group of doc.children) {
    const end = groupPos + group.nodeSize;
    if (group.type.name === "group") {
      if (end < from) before = group.lastChild;
      else if (!visitGroup(group, groupPos + 1, from, to, before, visit)) return;
      else before = group.lastChild;
    }
    groupPos = end;
  }
}

/** False as soon as the first segment behind `to` was visited. */
function visitGroup(group, start, from, to, first, visit) {
  let before = first;
  let pos = start;
  for (const node of group.children) {
    const end = pos + node.nodeSize;
    if (end >= from) visit(node, pos, before);
    if (pos > to) return false;
    before = node;
    pos = end;
  }
  return true;
}

/** The stretch of `after` that is not as it was in `before`, or null; costs what has changed. */
export function changedSpan(before, after) {
  const from = before.content.findDiffStart(after.content);
  if (from === null) return null;
  const { a, b } = before.content.findDiffEnd(after.content);
  // What was repeated may be counted from both ends: then they have crossed.
  const overlap = from - Math.min(a, b);
  return overlap > 0 ? { from, to: b + overlap, was: a + overlap } : { from, to: b, was: a };
}

/** Ids of the segments in a stretch, as a Set. */
export function idsBetween(doc, from, to) {
  const ids = new Set();
  visitSegments(doc, from, to, (node, pos) => {
    if (pos <= to) ids.add(node.attrs.id);
  });
  return ids;
}
