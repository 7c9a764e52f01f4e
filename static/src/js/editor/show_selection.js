import { scrollBy } from "../transcript/follow.js";

/** Bring what is selected to a comfortable height; the sound does not pull the text away from it. */
export function showSelection(editor) {
  editor.page.follow.stop();
  scrollToSelection(editor);
  // Heights of passages that were never shown are estimates: look again when the real ones are known.
  requestAnimationFrame(() => requestAnimationFrame(() => editor.isConnected && scrollToSelection(editor)));
}

function scrollToSelection(editor) {
  const { from, to } = editor.view.state.selection;
  const place = editor.placeAt(from);
  const range = place && editor.rangeOf(place.node.attrs.id, place.offset, place.offset + to - from);
  if (!range) return;
  const by = scrollBy(range.getBoundingClientRect(), editor.scroller.getBoundingClientRect());
  if (by) editor.scroller.scrollBy({ top: by, behavior: "instant" });
}
