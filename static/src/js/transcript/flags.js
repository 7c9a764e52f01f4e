/** Marks in the margin of the text. */

import { icon } from "../lib/icon.js";

/** Put a flag beside the line that sounds at each mark. `marks` are `{key, atMs, note}`. */
export function placeFlags(text, marks) {
  for (const old of text.querySelectorAll(".margin-flag")) old.remove();
  for (const mark of marks) {
    const line = text.lines.at(mark.atMs) ?? text.lines.inTime[0];
    line?.element.querySelector(".who").append(flagOf(mark));
  }
}

/** The list in the panel is the way to marks for keys and screen readers; these are for the eye and the hand. */
function flagOf({ atMs, note }) {
  const flag = Object.assign(document.createElement("a"), {
    className: "margin-flag",
    href: `#t=${atMs}`,
    tabIndex: -1,
    title: note,
  });
  flag.setAttribute("aria-hidden", "true");
  flag.append(icon("flag"));
  return flag;
}
