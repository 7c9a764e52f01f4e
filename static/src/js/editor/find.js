import { FindMatches } from "./find_matches.js";
import { compile, spansIn } from "./find_pattern.js";

/**
 * A search in a document that changes: what is looked for, what was found, what is wrong with it.
 *
 * Plain text is found at once. An expression runs in a worker (`elsewhere`, see FindElsewhere), so `look` and
 * `again` answer when `matches` are those of the document they were given; false where a newer search came between.
 */
export class Find {
  query = null;
  pattern = null;
  problem = "";
  matches = [];
  #found = new FindMatches();

  constructor(elsewhere) {
    this.elsewhere = elsewhere;
  }

  get isRegex() {
    return Boolean(this.query?.isRegex);
  }

  /** Look for `{text, matchCase, wholeWord, isRegex}`; an empty text finds nothing. */
  look(doc, query) {
    this.query = query;
    this.#found = new FindMatches();
    const { pattern, problem } = query.text ? compile(query) : { pattern: null, problem: "" };
    Object.assign(this, { pattern, problem });
    return this.again(doc);
  }

  /** The same in the document as it is now; costs what has changed in it. */
  async again(doc) {
    if (!this.pattern) {
      this.matches = [];
      return true;
    }
    const found = this.#found;
    if (this.isRegex && !(await this.#searchElsewhere(doc, found))) return false;
    if (!this.isRegex) found.search(doc, (text) => spansIn(this.pattern, text));
    this.matches = found.in(doc);
    return true;
  }

  async #searchElsewhere(doc, found) {
    const nodes = found.unsearched(doc);
    if (!nodes.length) return true;
    try {
      const spans = await this.elsewhere.search(this.pattern, nodes.map((node) => node.textContent)); // biome-ignore format: one call
      if (!spans || found !== this.#found) return false;
      for (const [n, node] of nodes.entries()) found.keep(node, spans[n]);
      return true;
    } catch (error) {
      Object.assign(this, { problem: error.message, pattern: null, matches: [] });
      return true;
    }
  }
}
