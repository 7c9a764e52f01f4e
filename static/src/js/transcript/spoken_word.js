/**
 * Paints one word of the text without touching the document (CSS Custom Highlight API).
 *
 * Browsers without it lose the colour and nothing else: `range` still says where the word is.
 */
export class SpokenWord {
  #range = null;

  constructor(name, highlights = globalThis.CSS?.highlights) {
    this.name = name;
    this.highlights = highlights;
  }

  /** The painted Range, or null. */
  get range() {
    return this.#range;
  }

  show(textNode, from, to) {
    const range = document.createRange();
    range.setStart(textNode, from);
    range.setEnd(textNode, Math.min(to, textNode.length));
    this.#range = range;
    this.highlights?.set(this.name, new Highlight(range));
    return range;
  }

  clear() {
    if (!this.#range) return;
    this.#range = null;
    this.highlights?.delete(this.name);
  }
}

/** The place in a text node under a point of the window: `{node, offset}`, or null. */
export function placeAt(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

/** Whether the point lies on the word, with a margin: the end of a line is not its last word. */
export function isOn(range, x, y, margin = 6) {
  return [...range.getClientRects()].some(
    (box) =>
      x >= box.left - margin && x <= box.right + margin && y >= box.top - margin && y <= box.bottom + margin,
  );
}
