/**
 * Whether the text follows the voice.
 *
 * It does until the person scrolls; then only they decide, until they ask to come back. A seek they make
 * (a click on a word, on the waveform, a key) counts as asking.
 */

/** The spoken word is kept between these fractions of the visible height, and put back at REST. */
const COMFORT = { top: 0.08, bottom: 0.72 };
const REST = 0.3;

export const SCROLL_KEYS = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"]);

export class Follow {
  #listeners = new Set();
  following = true;

  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop() {
    this.#set(false);
  }

  resume() {
    this.#set(true);
  }

  #set(following) {
    if (following === this.following) return;
    this.following = following;
    for (const listener of this.#listeners) listener(following);
  }
}

/**
 * How far to scroll so that the word is comfortable to read, in CSS pixels; 0 when it already is.
 *
 * `word` and `view` are `{top, bottom}` in the same coordinates.
 */
export function scrollBy(word, view) {
  const height = view.bottom - view.top;
  const comfortable =
    word.top >= view.top + COMFORT.top * height && word.bottom <= view.top + COMFORT.bottom * height;
  return comfortable ? 0 : word.top - (view.top + REST * height);
}

/** Whether a press landed on the scrollbar of its box, which sits beyond the client area. */
export function isOnScrollbar(event, box) {
  return event.target === box && (event.offsetX >= box.clientWidth || event.offsetY >= box.clientHeight);
}
