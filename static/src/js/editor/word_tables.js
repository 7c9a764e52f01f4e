/**
 * The moments of the words as they stand in the text now.
 *
 * The server's tables are those of the text it knew, and it has the last word. Until its answer is here a segment
 * that was edited is timed anew, from the words that lay in its time before; after a split or a join those are words
 * of its neighbours too.
 */

import { realign } from "../timing/realign.js";
import { placeWords } from "../transcript/words.js";

export class WordTables {
  #tables = new WeakMap();
  #revision = 0;

  /** `store` holds what the server said, `lines()` is the text as it is now. */
  constructor(store, lines) {
    Object.assign(this, { store, lines });
  }

  /** `{starts, ends, froms, tos}` of a line, or null while its words are not loaded. */
  tableOf(line) {
    if (this.#revision !== this.store.revision) this.#tables = new WeakMap();
    this.#revision = this.store.revision;
    const made = this.#tables.get(line);
    if (made) return made;
    const words = this.#wordsOf(line);
    if (!words) return null;
    const table = placeWords(words, line.text);
    this.#tables.set(line, table);
    return table;
  }

  #wordsOf(line) {
    const own = this.store.wordsOf(line.key);
    if (own && isAsWritten(own, line)) return own;
    if (!own && !this.store.isLoaded(line.startMs)) return null;
    return realign(this.#heardIn(line), line.text, line.startMs, line.endMs);
  }

  /** What the server heard in the time of a line, without words that other lines still have. */
  #heardIn({ key, startMs, endMs }) {
    const heard = [];
    for (const [owner, words] of this.store.wordsBetween(startMs, endMs)) {
      const other = owner === key ? null : this.lines().ofKey(owner);
      const isHere = ([start]) => start >= startMs && start < endMs;
      const isTheirs = ([start]) => other !== null && start >= other.startMs && start < other.endMs;
      heard.push(...words.filter((word) => isHere(word) && !isTheirs(word)));
    }
    return heard.sort(([one], [other]) => one - other);
  }
}

/** Nobody has touched the text or the times since the server wrote the table. */
function isAsWritten(words, { text, startMs, endMs }) {
  if (!words.length) return !text.trim();
  if (words[0][0] < startMs || words.at(-1)[1] > endMs) return false;
  let at = 0;
  for (const [, , word] of words) {
    while (text[at] === " ") at += 1;
    const bare = word.trim();
    if (!text.startsWith(bare, at)) return false;
    at += bare.length;
  }
  return !text.slice(at).trim();
}
