/** Turns: neighbouring segments of one speaker, whatever boxes they lie in. A place is `{node, pos}`. */

/** Every segment of the document with the position before it, in reading order. */
export function segmentPlaces(doc) {
  const places = [];
  doc.forEach((group, groupPos) => {
    if (group.type.name !== "group") return;
    group.forEach((node, offset) => {
      places.push({ node, pos: groupPos + 1 + offset });
    });
  });
  return places;
}

/** The turn around `pos`: the places of its segments, or [] where there is no text. */
export function turnAt(doc, pos) {
  const places = segmentPlaces(doc);
  const here = places.findLastIndex((place) => place.pos <= pos);
  return here < 0 ? [] : turnAround(places, here);
}

/**
 * The places of the segments that lie between two positions. A selection that only touches the start of its
 * last segment does not mean that one: so ends a triple click.
 */
export function segmentsBetween(doc, from, to) {
  const touched = segmentPlaces(doc).filter(({ node, pos }) => pos < to && pos + node.nodeSize > from);
  if (touched.length > 1 && touched.at(-1).pos + 1 >= to) touched.pop();
  if (from === to) return touched.slice(0, 1);
  return touched;
}

/** All segments of the turns that lie between two positions. */
export function turnsBetween(doc, from, to) {
  const touched = segmentsBetween(doc, from, to);
  if (!touched.length) return [];
  const places = segmentPlaces(doc);
  const indexOf = ({ pos }) => places.findIndex((place) => place.pos === pos);
  const first = turnAround(places, indexOf(touched[0]))[0];
  const last = turnAround(places, indexOf(touched.at(-1))).at(-1);
  return places.slice(indexOf(first), indexOf(last) + 1);
}

function turnAround(places, here) {
  const { speaker } = places[here].node.attrs;
  const isOther = ({ node }) => node.attrs.speaker !== speaker;
  const before = places.slice(0, here).findLastIndex(isOther);
  const behind = places.slice(here).findIndex(isOther);
  return places.slice(before + 1, behind < 0 ? places.length : here + behind);
}
