/** Words about voices. */

import { segmentPlaces } from "./turns.js";

/** "1 passage", "214 passages": in how many this voice speaks. */
export function passagesOf(doc, id) {
  const count = segmentPlaces(doc).filter(({ node }) => node.attrs.speaker === id).length;
  return `${count} passage${count === 1 ? "" : "s"}`;
}
