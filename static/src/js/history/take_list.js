/** Put a fresh list of changes in the place of the old one. */

import { nameOf, stillOpen } from "./open_changes.js";

/** Changes that are open stay open, and the focus stays where it is. */
export function takeList(place, fresh) {
  const open = spansOf(place.querySelectorAll(".change:has(> details[open])"));
  const focused = spansOf(place.querySelectorAll(".change:has(> details > summary:focus)"));
  place.replaceChildren(...fresh.childNodes);
  const changes = [...place.querySelectorAll(".change")];
  const known = (spans) => {
    const names = new Set(stillOpen(spans, spansOf(changes)));
    return changes.filter((change) => names.has(nameOf(spanOf(change))));
  };
  for (const change of known(open)) change.firstElementChild.open = true;
  known(focused)[0]?.querySelector("summary").focus();
}

const spanOf = ({ dataset }) => ({ from: dataset.from, to: dataset.to });
const spansOf = (changes) => [...changes].map(spanOf);
