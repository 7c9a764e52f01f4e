/** Where typed text goes when its own place is gone: as near as possible, never away. */

import { Fragment, Slice } from "prosemirror-model";
import { ReplaceStep, replaceStep } from "prosemirror-transform";
import { randomId } from "./ids.js";

/** The document after a step, or null where it does not fit. */
export function tried(doc, step) {
  try {
    return step?.apply(doc).doc ?? null;
  } catch {
    return null;
  }
}

/** A step that inserts `slice`, or at least all of its text, at `wanted` or as near to it as it fits. */
export function nearestInsert(doc, wanted, slice) {
  const at = Math.max(0, Math.min(wanted, doc.content.size));
  const plain = plainSlice(doc, slice);
  const ways = [
    () => new ReplaceStep(at, at, slice),
    () => withNames(doc, replaceStep(doc, at, at, slice)),
    () => new ReplaceStep(at, at, plain),
  ];
  return firstThatFits(doc, ways, slice) ?? inNearestSegment(doc, at, plain);
}

function firstThatFits(doc, ways, slice) {
  const length = doc.textContent.length + slice.content.textBetween(0, slice.content.size).length;
  for (const way of ways) {
    const step = made(way);
    const after = step?.from === step?.to && tried(doc, step);
    if (after && after.textContent.length >= length) return step;
  }
  return null;
}

/** The fitting of ProseMirror throws where a place can hold nothing. */
function made(way) {
  try {
    return way();
  } catch {
    return null;
  }
}

/** All the text on one line; segments become words of one. */
function plainSlice({ type: { schema } }, { content }) {
  const text = content.textBetween(0, content.size, " ").trim() || content.textBetween(0, content.size);
  return new Slice(Fragment.from(schema.text(text)), 0, 0);
}

function inNearestSegment(doc, wanted, plain) {
  let best = null;
  const distance = (place) =>
    best === null ? Number.POSITIVE_INFINITY : Math.abs(best - wanted) - Math.abs(place - wanted);
  doc.descendants((node, before) => {
    if (!node.isTextblock) return true;
    for (const place of [before + 1, before + 1 + node.content.size]) if (distance(place) > 0) best = place;
    return false;
  });
  return best === null ? inNewSegment(doc, plain) : new ReplaceStep(best, best, plain);
}

function inNewSegment(doc, plain) {
  const { segment, group } = doc.type.schema.nodes;
  const line = group.create(null, segment.create({ id: randomId() }, plain.content));
  return new ReplaceStep(doc.content.size, doc.content.size, new Slice(Fragment.from(line), 0, 0));
}

/** Fitting makes segments without attributes: they take voice and moment of the one before them. */
function withNames(doc, { from, to, slice }) {
  const { speaker, end_ms } = segmentBefore(doc, from)?.attrs ?? { speaker: "", end_ms: 0 };
  const attrs = { speaker, start_ms: end_ms, end_ms };
  const { content, openStart, openEnd } = slice;
  return new ReplaceStep(from, to, new Slice(named(content, attrs), openStart, openEnd));
}

function named(fragment, attrs) {
  const children = fragment.content.map((node) => {
    const content = named(node.content, attrs);
    const isNameless = node.isTextblock && !node.attrs.id;
    return isNameless
      ? node.type.create({ ...attrs, id: randomId() }, content)
      : node.isText
        ? node
        : node.copy(content);
  });
  return Fragment.fromArray(children);
}

function segmentBefore(doc, position) {
  let found = null;
  doc.nodesBetween(0, position, (node) => {
    if (node.isTextblock) found = node;
    return !node.isTextblock;
  });
  return found;
}
