/** Whether the page shows which passages people have changed; remembered in this browser. */

import { remember, remembered } from "../lib/remember.js";

const KEY = "voxweb:shows-changed";

/** `page` is the element that the style sheet and the menu look at. */
export function toggleShading(page) {
  remember(KEY, page.hasAttribute("data-shows-changed") ? "" : "1");
  restoreShading(page);
}

export function restoreShading(page) {
  const isShown = Boolean(remembered(KEY));
  page.toggleAttribute("data-shows-changed", isShown);
  for (const entry of page.querySelectorAll('[data-command="showChanged"]')) {
    entry.setAttribute("aria-pressed", String(isShown));
  }
}
