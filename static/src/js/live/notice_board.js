/**
 * Which sentences stand above the captions of a take, the newest last.
 *
 * Sentences about captions replace each other, and go when captions are back; any other one replaces the
 * sentence with its own code. A sentence is `{code, message, tone, action}`.
 */

const CAPTIONS = "captions";

const slotOf = (code) => (code.startsWith("captions_") ? CAPTIONS : code);

export class NoticeBoard {
  #standing = new Map();

  put(notice) {
    const slot = slotOf(notice.code);
    this.#standing.delete(slot);
    if (notice.code !== "captions_back") this.#standing.set(slot, notice);
  }

  /** Take sentences away by code; unknown ones do not matter. */
  clear(...codes) {
    for (const code of codes) this.#standing.delete(slotOf(code));
  }

  get standing() {
    return [...this.#standing.values()];
  }
}
