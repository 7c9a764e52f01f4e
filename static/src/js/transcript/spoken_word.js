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

  show(range) {
    this.#range = range;
    this.highlights?.set(this.name, new Highlight(range));
  }

  clear() {
    if (!this.#range) return;
    this.#range = null;
    this.highlights?.delete(this.name);
  }
}

/** Whether the point lies on the word, with a margin: the end of a line is not its last word. */
export function isOn(range, x, y, margin = 6) {
  return [...range.getClientRects()].some(
    (box) =>
      x >= box.left - margin && x <= box.right + margin && y >= box.top - margin && y <= box.bottom + margin,
  );
}
