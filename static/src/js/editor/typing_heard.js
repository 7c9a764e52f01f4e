/** Tells when the text was changed here and when the caret moved, whatever did it. */

import { Plugin } from "prosemirror-state";
import { confirmed } from "./collab.js";

export function typingHeard({ typed, moved }) {
  const update = ({ state }, before) => {
    const [now, was] = [confirmed(state), confirmed(before)];
    if (now.mine !== was.mine && now.version === was.version) typed();
    if (!state.selection.eq(before.selection)) moved();
  };
  return new Plugin({ view: () => ({ update }) });
}
