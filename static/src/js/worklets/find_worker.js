/** Looks through text in a thread of its own, so that an endless expression can be stopped from outside. */

import { spansIn } from "../editor/find_pattern.js";

self.addEventListener("message", ({ data: { source, flags, texts } }) => {
  const pattern = new RegExp(source, flags);
  self.postMessage(texts.map((text) => spansIn(pattern, text)));
});
