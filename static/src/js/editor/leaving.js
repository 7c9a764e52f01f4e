/** How the keyboard comes into the text and out of it: Tab belongs to the text, Escape and then Tab goes on. */

import { Plugin } from "prosemirror-state";

export function leavingPlugin(editor) {
  let mayLeave = false;
  let wasPlaying = false;
  const keydown = (_view, event) => {
    const leaves = mayLeave && event.key === "Tab";
    if (event.key === "Escape") wasPlaying = Boolean(editor.player?.playing);
    mayLeave = event.key === "Escape" || (mayLeave && event.key === "Shift");
    if (leaves) letSound(editor.player, wasPlaying);
    return leaves;
  };
  return new Plugin({ props: { handleDOMEvents: { keydown, focus: giveCaret } } });
}

/** Escape alone may play or pause; who leaves meant the way out, and the sound stays as it was. */
function letSound(player, wasPlaying) {
  if (player && player.playing !== wasPlaying) player.toggle();
}

/**
 * Chromium gives the focus to a text that nobody has clicked into and no caret, because the cast before it cannot be
 * edited; then every key is lost. ProseMirror puts a caret only where it knows of another one.
 */
function giveCaret(view) {
  if (view.editable && !view.dom.contains(getSelection().anchorNode)) view.focus();
  return false;
}
