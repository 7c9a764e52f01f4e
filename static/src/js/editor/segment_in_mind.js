/** Which segment somebody means by "this one", and what is known of its sound. */

import { lineOf } from "./lines_of.js";

/**
 * `{node, pos}`: the one with the caret while they write, else the one that sounds; null without text. Who goes from
 * the text to the player, to set a time there, still has the one with the caret in mind.
 */
export function segmentInMind(editor) {
  const isWriting = editor.view.hasFocus() || editor.page.dock.isAskedFromText;
  if (isWriting) return editor.segmentAt(editor.view.state.selection.head);
  const line = editor.player && (editor.lines.at(editor.player.ms) ?? editor.lines.inTime[0]);
  const pos = line ? editor.posOf(line.key) : -1;
  return pos < 0 ? null : { node: editor.doc.nodeAt(pos), pos };
}

/** `wordsOf(node)`: the word table of a segment, or null while it is not known. */
export function wordsIn(editor) {
  return (node) => editor.words.tableOf(lineOf(node, editor));
}
